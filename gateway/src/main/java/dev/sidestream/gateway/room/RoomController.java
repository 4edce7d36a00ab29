package dev.sidestream.gateway.room;

import dev.sidestream.gateway.web.WebSocketOrigin;
import java.security.Principal;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The chat page of each room, and the ways to it. */
@Controller
final class RoomController {

    private final List<RoomLink> rooms;
    private final WebSocketOrigin socketOrigin;

    RoomController(RoomProperties properties, WebSocketOrigin socketOrigin) {
        this.rooms = properties.links();
        this.socketOrigin = socketOrigin;
    }

    @GetMapping("/")
    String first() {
        return "redirect:" + rooms.getFirst().page();
    }

    /** The box that takes any room's name. */
    @GetMapping("/rooms")
    ModelAndView go(@RequestParam(defaultValue = "") String name) {
        RoomLink room = RoomLink.parse(name.strip());
        return room == null ? noSuchName(name, HttpStatus.BAD_REQUEST) : new ModelAndView("redirect:" + room.page());
    }

    @GetMapping("/rooms/{name}")
    ModelAndView room(@PathVariable String name, Principal visitor) {
        RoomLink room = RoomLink.parse(name);
        if (room == null) {
            return noSuchName(name, HttpStatus.NOT_FOUND);
        }
        if (!room.name().equals(name)) {
            return new ModelAndView("redirect:" + room.page());
        }
        ModelAndView page = new ModelAndView("room");
        page.addObject("room", room);
        page.addObject("rooms", rooms);
        page.addObject("listed", rooms.contains(room));
        page.addObject("user", visitor.getName());
        page.addObject("socket", socketOrigin.websocketOrigin() + room.socket());
        return page;
    }

    private ModelAndView noSuchName(String name, HttpStatus status) {
        ModelAndView page = new ModelAndView("no-such-room");
        page.setStatus(status);
        page.addObject("name", name);
        page.addObject("rooms", rooms);
        return page;
    }
}
