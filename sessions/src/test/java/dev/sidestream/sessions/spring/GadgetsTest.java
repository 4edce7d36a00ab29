package dev.sidestream.sessions.spring;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.sessions.format.PayloadReader;
import dev.sidestream.sessions.format.Payloads;
import dev.sidestream.sessions.format.UnreadableException;
import dev.sidestream.sessions.store.Advice;
import dev.sidestream.sessions.store.Identity;
import dev.sidestream.sessions.store.IdentityRule;
import dev.sidestream.sessions.store.PathIdentity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextImpl;

/** Sessions that were made to do something when they are read: nothing happens, and nobody is logged in by them. */
class GadgetsTest {

    private static final AtomicInteger WENT_OFF = new AtomicInteger();

    private static final Map<String, PayloadReader> READERS = Map.of(
            "java", Payloads.JAVA,
            "json", Payloads.JSON,
            "java or json", Payloads.JAVA_OR_JSON,
            "pickle", Payloads.PICKLE,
            "msgpack", Payloads.MSGPACK,
            "python", Payloads.PYTHON,
            "php", Payloads.PHP,
            "php session", Payloads.PHP_SESSION);

    private static final List<IdentityRule> RULES = List.of(
            new SpringIdentity(null, new Advice()),
            new PathIdentity(List.of("passport.user"), List.of(), null),
            new PathIdentity(List.of("_auth_user_id"), List.of(), null),
            new PathIdentity(List.of("user.id"), List.of("user.name"), null));

    /** Goes off when it is made from bytes, compared, hashed or shown. */
    static final class Bomb implements Serializable, Comparable<Bomb> {

        private static final long serialVersionUID = 1L;

        @SuppressWarnings("UnusedVariable")
        private final String command = "touch /tmp/gadget";

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            WENT_OFF.incrementAndGet();
        }

        private Object readResolve() {
            WENT_OFF.incrementAndGet();
            return this;
        }

        @Override
        public int compareTo(Bomb other) {
            return WENT_OFF.incrementAndGet();
        }

        @Override
        public int hashCode() {
            return WENT_OFF.incrementAndGet();
        }

        @Override
        public boolean equals(Object other) {
            return WENT_OFF.incrementAndGet() == 0;
        }

        @Override
        public String toString() {
            return "bomb" + WENT_OFF.incrementAndGet();
        }
    }

    private static byte[] java(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    @SuppressWarnings("URLEqualsHashCode") // that it asks a name server is why it is here
    private static Map<URL, String> mapOfAddresses() throws MalformedURLException {
        return new HashMap<>(Map.of(URI.create("http://gadget.invalid/").toURL(), "x"));
    }

    static Map<String, byte[]> gadgets() throws Exception {
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put("an object with a readObject", java(new Bomb()));
        all.put("a map that hashes its keys", java(new HashMap<>(Map.of(new Bomb(), "x"))));
        all.put("a map of addresses, which asks a name server", java(mapOfAddresses()));
        TreeMap<Bomb, String> sorted = new TreeMap<>();
        sorted.put(new Bomb(), "x");
        all.put("a map that compares its keys", java(sorted));
        PriorityQueue<Object> queue = new PriorityQueue<>(
                (Comparator<Object> & Serializable) (unused, unusedToo) -> WENT_OFF.incrementAndGet());
        queue.add("a");
        queue.add("b");
        all.put("a queue with a comparator", java(queue));
        all.put(
                "a principal that is one",
                java(new SecurityContextImpl(
                        UsernamePasswordAuthenticationToken.authenticated(new Bomb(), null, List.of()))));
        for (String name : List.of(
                "org.apache.commons.collections.functors.InvokerTransformer",
                "com.sun.org.apache.xalan.internal.xsltc.trax.TemplatesImpl",
                "org.springframework.beans.factory.ObjectFactory")) {
            String renamed = new String(java(new ArrayList<>(List.of(new Bomb()))), ISO_8859_1)
                    .replace(length(Bomb.class.getName()) + Bomb.class.getName(), length(name) + name);
            all.put("an object of " + name, renamed.getBytes(ISO_8859_1));
        }
        all.put("JSON of a data source", text("""
                {"@class":"com.sun.rowset.JdbcRowSetImpl","dataSourceName":"ldap://gadget.invalid/x","autoCommit":true}"""));
        all.put("JSON of a context", text("""
                {"@class":"org.springframework.security.core.context.SecurityContextImpl","authentication":{"@class":
                "javax.management.BadAttributeValueExpException","val":["org.apache.xbean.naming.context.ContextUtil",{}]}}"""));
        all.put("a pickled call, protocol 0", text("cos\nsystem\n(S'touch /tmp/gadget'\ntR."));
        all.put("a pickled call, protocol 2", bytes("\u0080\u0002cposix\nsystem\nX\u0003\0\0\0x y\u0085R."));
        all.put(
                "a pickled call, protocol 4",
                bytes("\u0080\u0004\u008c\u0005posix\u008c\u0006system\u0093\u008c\u0003x y\u0085R."));
        all.put("a pickled object with a state", bytes("\u0080\u0002cos\nX\n)\u0081}X\u0001\0\0\0aK\u0001sb."));
        all.put("a pickled instance", text("(S'x'\nios\nsystem\n."));
        all.put(
                "a pickled eval as the user's id",
                bytes("\u0080\u0002}X\r\0\0\0_auth_user_idc__builtin__\neval\nX\u0001\0\0\0x\u0085Rs."));
        all.put(
                "a PHP object with a destructor",
                text("O:31:\"GuzzleHttp\\Cookie\\FileCookieJar\":1:{s:8:\"filename\";s:9:\"/tmp/x.ph\";}"));
        all.put("a PHP object that reads itself", text("C:11:\"ArrayObject\":21:{x:i:0;a:0:{};m:a:0:{}}"));
        all.put("a PHP enumeration", text("E:11:\"Suit:Hearts\";"));
        all.put(
                "a PHP object as the user's id",
                text("user|a:1:{s:2:\"id\";O:29:\"Illuminate\\Support\\MessageBag\":1:{s:2:\"id\";i:1;}}"));
        return all;
    }

    private static byte[] text(String text) {
        return text.getBytes(UTF_8);
    }

    private static byte[] bytes(String latin1) {
        return latin1.getBytes(ISO_8859_1);
    }

    /** Two bytes, as a stream of Java writes it before a name. */
    private static String length(String name) {
        return "" + (char) (name.length() >> 8) + (char) (name.length() & 0xff);
    }

    static List<String> names() throws Exception {
        return List.copyOf(gadgets().keySet());
    }

    @BeforeEach
    void disarm() throws Exception {
        gadgets(); // making them sets them off
        WENT_OFF.set(0);
    }

    @ParameterizedTest
    @MethodSource("names")
    void doNothingAndAreNobody(String name) throws Exception {
        byte[] gadget = gadgets().get(name);
        WENT_OFF.set(0);
        READERS.forEach((format, reader) -> {
            for (IdentityRule rule : RULES) {
                assertThat(identity(reader, rule, gadget)).as(format).isNull();
            }
        });
        assertThat(WENT_OFF).hasValue(0);
    }

    @Test
    void besideALoginDoNothingEither() throws Exception {
        UsernamePasswordAuthenticationToken token =
                UsernamePasswordAuthenticationToken.authenticated("alice", null, List.of());
        token.setDetails(new ArrayList<>(List.of(new Bomb())));
        byte[] session = java(new SecurityContextImpl(token));
        WENT_OFF.set(0);
        Identity found = identity(Payloads.JAVA, RULES.getFirst(), session);
        assertThat(found).isNotNull();
        assertThat(found.user().id()).isEqualTo("alice");
        assertThat(WENT_OFF).hasValue(0);
    }

    @Test
    void goOffWhereJavaItselfReadsThem() throws Exception {
        byte[] gadget = java(new Bomb());
        WENT_OFF.set(0);
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(gadget))) {
            in.readObject();
        }
        assertThat(WENT_OFF).hasPositiveValue();
    }

    private static Identity identity(PayloadReader reader, IdentityRule rule, byte[] bytes) {
        try {
            return rule.identify(reader.read(bytes));
        } catch (UnreadableException noLogin) {
            return null;
        }
    }
}
