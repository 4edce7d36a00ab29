package dev.sidestream.sessions.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidestream.sessions.format.Node.Blank;
import dev.sidestream.sessions.format.Node.Text;
import dev.sidestream.sessions.format.Node.Truth;
import dev.sidestream.sessions.format.Node.Whole;
import dev.sidestream.sessions.format.UnreadableException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What the JDK itself wrote. */
class JavaStreamReaderTest {

    @SuppressWarnings("UnusedVariable") // read by the JDK, which writes them
    private static class Base implements Serializable {
        boolean flag = true;
        byte small = -1;
        char letter = 'x';
        String name = "base";
    }

    @SuppressWarnings("UnusedVariable") // read by the JDK, which writes them
    private static final class Derived extends Base {
        long big = Long.MIN_VALUE;
        double real = 1.5;
        float single = 0.5f;
        short number = -300;
        int[] primes = {2, 3, 5};
        TimeUnit unit = TimeUnit.DAYS;
        Class<?> type = String.class;
        Object self = this;
        Object nothing;
        String again = name;
    }

    @SuppressWarnings("UnusedVariable") // read by the JDK, which writes them
    private static final class Custom implements Serializable {
        String name = "custom";

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            out.write(new byte[2_000]);
            out.writeObject("first");
            out.writeInt(7);
            out.writeObject("second");
        }
    }

    /** Writes itself, as its class alone knows. */
    public static final class Outer implements Externalizable {
        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            out.writeInt(1);
            out.writeObject("inside");
        }

        @Override
        public void readExternal(ObjectInput in) {}
    }

    @SuppressWarnings("UnusedVariable") // read by the JDK, which cannot write it
    private static final class Broken implements Serializable {
        final Object fails = new Object();
    }

    private record Handler(String name) implements InvocationHandler, Serializable {
        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            return "";
        }
    }

    private record Point(int x, String label) implements Serializable {}

    @Test
    void readsFieldsOfAllClassesAndKinds() throws Exception {
        Node node = read(new Derived());

        assertThat(node.get("flag")).isEqualTo(new Truth(true));
        assertThat(node.get("small")).isEqualTo(new Whole(-1));
        assertThat(node.get("letter")).isEqualTo(new Whole('x'));
        assertThat(node.get("big")).isEqualTo(new Whole(Long.MIN_VALUE));
        assertThat(node.get("real")).isEqualTo(new Node.Real(1.5));
        assertThat(node.get("single")).isEqualTo(new Node.Real(0.5));
        assertThat(node.get("number")).isEqualTo(new Whole(-300));
        assertThat(node.at("unit.name")).isEqualTo(new Text("DAYS"));
        assertThat(node.get("type")).isEqualTo(Blank.OPAQUE);
        assertThat(node.get("self")).isSameAs(node);
        assertThat(node.get("nothing")).isEqualTo(Blank.NULL);
        assertThat(node.get("again")).isEqualTo(new Text("base"));
        assertThat(node.get("none")).isEqualTo(Blank.NULL);
    }

    @Test
    void findsObjectsInWhatAClassWroteByItself() throws Exception {
        Struct custom = (Struct) read(new Custom());

        assertThat(custom.get("name")).isEqualTo(new Text("custom"));
        assertThat(custom.items()).containsExactly(new Text("first"), new Text("second"));
        assertThat(((Struct) read(new Outer())).items()).containsExactly(new Text("inside"));
    }

    @Test
    void readsCollectionsRecordsProxiesAndBoxes() throws Exception {
        assertThat(((Struct) read(new ArrayList<>(List.of("a", "b")))).items())
                .containsExactly(new Text("a"), new Text("b"));
        assertThat(((Struct) read(new LinkedHashMap<>(Map.of("k", "v")))).items())
                .containsExactly(new Text("k"), new Text("v"));
        assertThat(((Struct) read(new Object[] {"a", null})).items()).containsExactly(new Text("a"), Blank.NULL);
        assertThat(((Struct) read(new String[][] {{"a"}, {}})).items()).hasSize(2);
        assertThat(read(new Point(1, "p")).get("label")).isEqualTo(new Text("p"));
        Object proxy = Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {UnaryOperator.class}, new Handler("h"));
        assertThat(read(proxy).at("h.name")).isEqualTo(new Text("h"));
        assertThat(read(42L).identifier()).isEqualTo("42");
        assertThat(read(true).isTrue()).isTrue();
        assertThat(read(false).isTrue()).isFalse();
    }

    @Test
    void readsTextsOfAllKinds() throws Exception {
        for (String text : List.of("", "a\0b", "é", "聊天室", "\uD83D\uDE00", "\uD800", "x".repeat(65_000))) {
            assertThat(read(text)).isEqualTo(new Text(text));
        }
        assertThat(reason(bytes("é".repeat(40_000)))).isEqualTo(Reason.TOO_LARGE);
        byte[] longForm = {(byte) 0xAC, (byte) 0xED, 0, 5, 0x7C, 0, 0, 0, 0, 0, 0, 0, 2, 'h', 'i'};
        assertThat(JavaStreamReader.read(longForm)).isEqualTo(new Text("hi"));
    }

    @Test
    void refusesAValueWhoseWritingBrokeOff() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            assertThatThrownBy(() -> out.writeObject(new Broken()))
                    .isInstanceOf(java.io.NotSerializableException.class);
        }

        assertThat(reason(bytes.toByteArray())).isEqualTo(Reason.FORMAT);
    }

    @Test
    void isNotLedInCirclesByABoxInItself() throws Exception {
        Struct box = new Struct("java.lang.Long");
        box.put("value", box);

        assertThat(box.identifier()).isNull();
        assertThat(box.isTrue()).isFalse();
    }

    @Test
    void refusesWhatIsTooDeepOrTooMuch() throws Exception {
        List<Object> deep = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            deep = new ArrayList<>(List.of(deep));
        }

        assertThat(reason(bytes(deep))).isEqualTo(Reason.TOO_DEEP);
        assertThat(reason(bytes(new Object[6_000]))).isEqualTo(Reason.TOO_MANY_NODES);
        assertThat(reason(new byte[Budget.MAX_BYTES + 1])).isEqualTo(Reason.TOO_LARGE);
        assertThat(reason(new byte[] {1, 2, 3, 4, 5})).isEqualTo(Reason.FORMAT);
        assertThat(reason(new byte[0])).isEqualTo(Reason.TRUNCATED);
    }

    @Test
    void saysOfEachBeginningThatItIsUnreadable() throws Exception {
        byte[] bytes = bytes(new Derived());
        for (int length = 0; length < bytes.length; length++) {
            assertThat(reason(Arrays.copyOf(bytes, length)))
                    .as("cut to %d", length)
                    .isNotNull();
        }
    }

    @Test
    void loadsNoClass() throws Exception {
        byte[] bytes = bytes(new Derived());
        byte[] renamed = new String(bytes, ISO_8859_1)
                .replace("JavaStreamReaderTest$Derived", "JavaStreamReaderTest$Unknown")
                .getBytes(ISO_8859_1);

        assertThat(((Struct) JavaStreamReader.read(renamed)).type()).endsWith("$Unknown");
    }

    private static Reason reason(byte[] bytes) {
        try {
            JavaStreamReader.read(bytes);
            return null;
        } catch (UnreadableException e) {
            return e.reason();
        }
    }

    private static Node read(Object object) throws Exception {
        return JavaStreamReader.read(bytes(object));
    }

    private static byte[] bytes(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }
}
