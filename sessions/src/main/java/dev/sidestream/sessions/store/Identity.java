package dev.sidestream.sessions.store;

import dev.sidestream.sessions.User;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.TreeSet;

/**
 * A user as found in a session. Nothing else of the session is part of it, above all no hash of a password or secret that a
 * framework keeps there: sites compare it with their database at the next request and write it anew, in the user's own session,
 * whenever the two may differ. That it changes says that the login was just confirmed.
 */
public record Identity(User user) {

    /** The same for the same user and roles, in every process; 64 bits of SHA-256. */
    public long fingerprint() {
        MessageDigest digest = sha256();
        update(digest, user.id());
        update(digest, user.name());
        new TreeSet<>(user.roles()).forEach(role -> update(digest, role));
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    private static void update(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        // With its length in front, so that no two lists of texts are the same bytes.
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Leaves the name and the roles out. */
    @Override
    public String toString() {
        return "Identity[user=" + user.id() + "]";
    }
}
