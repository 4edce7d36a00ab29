package dev.sidestream.e2e.sites;

import dev.sidestream.channel.ChannelLayer;
import dev.sidestream.channel.Publication;
import java.security.Principal;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Posts to a room, as the recipe for Spring shows it for WebFlux. */
@RestController
class ReactiveOrders {

    private final ChannelLayer rooms;

    ReactiveOrders(ChannelLayer rooms) {
        this.rooms = rooms;
    }

    @PostMapping("/orders")
    @ResponseStatus(HttpStatus.CREATED)
    Mono<Void> order(Principal user) {
        return rooms.publish("orders", Publication.of(user.getName(), "\"a new order\""))
                .then();
    }
}
