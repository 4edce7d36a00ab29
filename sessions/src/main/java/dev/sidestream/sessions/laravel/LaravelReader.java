package dev.sidestream.sessions.laravel;

import dev.sidestream.sessions.format.Node;
import dev.sidestream.sessions.format.PayloadReader;
import dev.sidestream.sessions.format.Payloads;
import dev.sidestream.sessions.format.PhpText;
import dev.sidestream.sessions.format.UnreadableException;
import dev.sidestream.sessions.format.UnreadableException.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the cache holds for a session: a text of PHP's {@code serialize}, in it the session as a PHP array or as JSON,
 * or, when the site encrypts sessions, that in an encrypted text. At most four layers, handed on as the bytes that they are: a
 * session may hold any, and their lengths count them.
 */
final class LaravelReader implements PayloadReader {

    private static final int MAX_LAYERS = 4;

    private final List<LaravelKey> keys;

    LaravelReader(List<LaravelKey> keys) {
        this.keys = keys;
    }

    @Override
    public Node read(byte[] bytes) throws UnreadableException {
        byte[] layer = bytes;
        for (int i = 0; i < MAX_LAYERS; i++) {
            if (layer.length > 0 && layer[0] == '{') {
                return Payloads.JSON.read(layer);
            }
            byte[] inner = isEncrypted(layer) ? decrypted(layer) : PhpText.content(layer);
            if (inner == null) {
                return Payloads.PHP.read(layer);
            }
            layer = inner;
        }
        throw new UnreadableException(Reason.TOO_DEEP);
    }

    /** Base64 of a brace and a quote. */
    private static boolean isEncrypted(byte[] layer) {
        return layer.length > 2 && layer[0] == 'e' && layer[1] == 'y' && layer[2] == 'J';
    }

    private byte @Nullable [] decrypted(byte[] layer) {
        LaravelEnvelope envelope = LaravelEnvelope.parse(layer);
        if (envelope != null) {
            for (LaravelKey key : keys) {
                byte[] plain = key.decrypt(envelope);
                if (plain != null) {
                    return plain;
                }
            }
        }
        return null;
    }
}
