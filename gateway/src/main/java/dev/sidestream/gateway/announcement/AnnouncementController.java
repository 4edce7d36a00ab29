package dev.sidestream.gateway.announcement;

import dev.sidestream.channel.ChannelLayer;
import dev.sidestream.channel.ChannelLayerException;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /rooms/{room}/announcements}: a visitor who is logged in speaks to a room through the site. The body is
 * {@code {"message": <any JSON>}}, which is passed on as it is, or a form with the field {@code message}.
 *
 * <p>Answers 201 with the message's id; to the form of a page 303, back to the room. 400 names the field that is wrong. 503
 * with {@code Retry-After} when Redis does not answer: then the message may or may not have been accepted.
 */
@RestController
final class AnnouncementController {

    private static final Logger log = LoggerFactory.getLogger(AnnouncementController.class);

    private static final String PATH = "/rooms/{room}/announcements";

    private final ChannelLayer layer;

    AnnouncementController(ChannelLayer layer) {
        this.layer = layer;
    }

    /**
     * What was accepted.
     *
     * @param id the id that members of the room see
     */
    record Accepted(String id) {}

    @PostMapping(path = PATH, consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Accepted> json(@PathVariable String room, @RequestBody byte[] body, Principal poster) {
        return created(Announcement.ofJson(room, body), poster);
    }

    @PostMapping(path = PATH, consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    ResponseEntity<Accepted> form(
            @PathVariable String room,
            @RequestParam(defaultValue = "") String message,
            Principal poster,
            HttpServletRequest request) {
        Announcement announcement = Announcement.ofText(room, message);
        ResponseEntity<Accepted> created = created(announcement, poster);
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept == null || !accept.contains(MediaType.TEXT_HTML_VALUE)
                ? created
                : ResponseEntity.status(HttpStatus.SEE_OTHER)
                        .location(URI.create(announcement.room().page()))
                        .build();
    }

    private ResponseEntity<Accepted> created(Announcement announcement, Principal poster) {
        String id = announcement.publish(layer, poster.getName()).position().id();
        return ResponseEntity.status(HttpStatus.CREATED).body(new Accepted(id));
    }

    @ExceptionHandler
    ProblemDetail refused(RefusedAnnouncement refusal) {
        return problem(refusal.field(), refusal.rule());
    }

    @ExceptionHandler
    ProblemDetail unreadable(HttpMessageNotReadableException refusal) {
        return problem("body", "must be a JSON object such as {\"message\": \"hello\"}");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> failed(ChannelLayerException failure) {
        log.atWarn().setCause(failure).log("An announcement could not be published");
        return switch (failure.kind()) {
            case UNAVAILABLE -> later("The room cannot be reached, try again in a moment", "5");
            case STORAGE_FULL -> later("The room has no space left, an operator must act", "60");
            case INVALID ->
                ResponseEntity.of(ProblemDetail.forStatus(HttpStatus.INTERNAL_SERVER_ERROR))
                        .build();
        };
    }

    private static ResponseEntity<ProblemDetail> later(String detail, String seconds) {
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, seconds)
                .body(ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, detail));
    }

    private static ProblemDetail problem(String field, String message) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, field + " " + message);
        problem.setProperty("errors", List.of(Map.of("field", field, "message", message)));
        return problem;
    }
}
