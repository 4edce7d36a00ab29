package dev.sidestream.gateway.announcement;

/** An announcement that cannot be made as it is. */
final class RefusedAnnouncement extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String field;
    private final String rule;

    /**
     * @param field what is wrong: {@code room}, {@code message} or {@code body}
     * @param rule what would be right, for the poster; continues the sentence that the field begins
     */
    RefusedAnnouncement(String field, String rule) {
        super(field + " " + rule);
        this.field = field;
        this.rule = rule;
    }

    String field() {
        return field;
    }

    String rule() {
        return rule;
    }
}
