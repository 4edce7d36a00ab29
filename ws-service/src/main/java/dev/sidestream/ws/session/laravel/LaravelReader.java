package dev.sidestream.ws.session.laravel;

import dev.sidestream.ws.session.format.Node;
import dev.sidestream.ws.session.format.PayloadReader;
import dev.sidestream.ws.session.format.Payloads;
import dev.sidestream.ws.session.format.UnreadableException;
import dev.sidestream.ws.session.format.UnreadableException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads what the cache holds for a session: a text of PHP's {@code serialize}, in it the session as a PHP array or as JSON,
 * or, when the site encrypts sessions, that in an encrypted text. At most four layers.
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
            Node node = layer.length > 0 && layer[0] == '{' ? Payloads.JSON.read(layer) : php(layer);
            if (!(node instanceof Node.Text text)) {
                return node;
            }
            layer = text.value().getBytes(StandardCharsets.UTF_8);
        }
        throw new UnreadableException(Reason.TOO_DEEP);
    }

    private Node php(byte[] layer) throws UnreadableException {
        if (layer.length > 2 && layer[0] == 'e' && layer[1] == 'y' && layer[2] == 'J') { // Base64 of {"
            String text = new String(layer, StandardCharsets.UTF_8);
            for (LaravelKey key : keys) {
                byte[] plain = key.decrypt(text);
                if (plain != null) {
                    return new Node.Text(new String(plain, StandardCharsets.UTF_8));
                }
            }
        }
        return Payloads.PHP.read(layer);
    }
}
