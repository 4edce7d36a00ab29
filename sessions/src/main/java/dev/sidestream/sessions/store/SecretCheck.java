package dev.sidestream.sessions.store;

/** Keeps an eye on whether the secrets of the settings ever fit a cookie or token, and says which setting to look at otherwise. */
public final class SecretCheck {

    private final Advice advice;
    private final String warning;
    private volatile boolean fitted;

    /**
     * Nothing has fitted yet.
     *
     * @param what comes, in the plural
     * @param property the setting with the secrets
     */
    public SecretCheck(Advice advice, String what, String property) {
        this(advice, what, property, "It must be the site's own, character by character.");
    }

    /**
     * As above.
     *
     * @param must what the secret has to be, as a sentence
     */
    public SecretCheck(Advice advice, String what, String property, String must) {
        this.advice = advice;
        this.warning = what + " come, but no secret in " + property + " has fitted one yet. " + must;
    }

    public void fits() {
        fitted = true;
    }

    /** One that looks right but for its secret. */
    public void fails() {
        if (!fitted) {
            advice.warn(warning);
        }
    }
}
