package dev.sidestream.e2e.sites;

import dev.sidestream.channel.BlockingChannelLayer;
import dev.sidestream.channel.ChannelLayer;
import dev.sidestream.channel.Publication;
import java.security.Principal;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Posts to a room, as the recipe for Spring shows it. */
@RestController
class Orders {

    private final ChannelLayer rooms;

    Orders(ChannelLayer rooms) {
        this.rooms = rooms;
    }

    @PostMapping("/orders")
    @ResponseStatus(HttpStatus.CREATED)
    void order(Principal user) {
        BlockingChannelLayer.on(rooms).publish("orders", Publication.of(user.getName(), "\"a new order\""));
    }
}
