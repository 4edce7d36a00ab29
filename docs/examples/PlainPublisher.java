import dev.sidestream.channel.BlockingChannelLayer;
import dev.sidestream.channel.Mailbox;
import dev.sidestream.channel.Message;
import dev.sidestream.channel.Publication;
import dev.sidestream.channel.Receipt;
import dev.sidestream.channel.redis.ChannelLayerSettings;
import dev.sidestream.channel.redis.RedisChannelLayer;
import dev.sidestream.channel.redis.link.RedisEndpoints;
import dev.sidestream.channel.redis.link.RedisLink;
import dev.sidestream.channel.redis.link.RedisLinkOptions;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Publishes to a room, and hears what is sent to a group: a program without a framework. */
public final class PlainPublisher {

    private PlainPublisher() {}

    /** @param args host and port of Redis */
    public static void main(String[] args) throws Exception {
        RedisEndpoints redis = RedisEndpoints.standalone(args[0], Integer.parseInt(args[1]));
        // One link per program: it has connections of its own, with the settings of Lettuce that the promises rest on.
        try (RedisLink link = RedisLink.to(redis, RedisLinkOptions.defaults());
                RedisChannelLayer layer = new RedisChannelLayer(link, ChannelLayerSettings.of("price-robot"))) {
            layer.start().toCompletableFuture().get(10, TimeUnit.SECONDS);
            BlockingChannelLayer rooms = BlockingChannelLayer.on(layer);

            Receipt receipt = rooms.publish("lobby", Publication.of("robot", "\"Tea is 3.20 now\""));
            System.out.println("published " + receipt.position().id());

            BlockingQueue<Message> heard = new LinkedBlockingQueue<>();
            try (Mailbox mailbox = layer.open(heard::add)) {
                rooms.groupAdd("staff", mailbox.channel());
                rooms.groupSend("staff", new Message("note", "The price list is out"));
                Message message = heard.poll(10, TimeUnit.SECONDS);
                System.out.println("heard " + (message == null ? "nothing" : message.body()));
            }
        }
    }
}
