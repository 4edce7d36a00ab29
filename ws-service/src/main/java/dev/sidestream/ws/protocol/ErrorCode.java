package dev.sidestream.ws.protocol;

import java.util.Locale;

/** Why a frame was not carried out. The socket stays open. */
public enum ErrorCode {
    BAD_JSON("This is not a JSON object like {\"message\": \"hi\"}."),
    BAD_TYPE("This type of frame is not known."),
    BAD_REQUEST("This frame lacks a field or has a bad one."),
    TOO_LARGE("This message is too large."),
    RATE_LIMITED("You are sending too fast."),
    FORBIDDEN("You may not do this here."),
    READ_ONLY("You may read here, but not write."),
    UNAVAILABLE("The service cannot store messages right now."),
    INTERNAL("Something failed on our side.");

    private final String text;

    ErrorCode(String text) {
        this.text = text;
    }

    /** As it stands in a frame. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The fixed text for people. */
    public String text() {
        return text;
    }
}
