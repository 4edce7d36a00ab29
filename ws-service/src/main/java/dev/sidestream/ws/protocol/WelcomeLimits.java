package dev.sidestream.ws.protocol;

/**
 * The bounds that a client is told.
 *
 * @param bytes largest frame that it may send
 * @param rate messages per second
 * @param burst messages at once
 * @param queue bytes that may wait for it before it counts as too slow
 * @param replay most messages that a resume brings back
 */
public record WelcomeLimits(int bytes, int rate, int burst, int queue, int replay) {}
