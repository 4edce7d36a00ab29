package dev.sidestream.ws.session.store;

import dev.sidestream.ws.session.User;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.TreeSet;

/**
 * A user as found in a session, with what else of the session vouches for them.
 *
 * @param proof more text that has to stay the same, such as a hash of the password; empty where there is none
 */
public record Identity(User user, String proof) {

    public Identity(User user) {
        this(user, "");
    }

    /** The same for the same user, roles and proof, in every process; 64 bits of SHA-256. */
    public long fingerprint() {
        MessageDigest digest = sha256();
        update(digest, user.id());
        update(digest, user.name());
        update(digest, proof);
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

    /** Leaves the proof out. */
    @Override
    public String toString() {
        return "Identity[user=" + user.id() + "]";
    }
}
