package dev.sidestream.ws.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Holds the close codes that are written for people and for programs to those of the code. */
class CloseCodeTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d{4}) \\|");

    /** Without 1006, which is never sent. */
    private static final Set<Integer> SENT = Arrays.stream(CloseCode.values())
            .filter(code -> code != CloseCode.ABNORMAL)
            .map(CloseCode::code)
            .collect(Collectors.toCollection(TreeSet::new));

    @Test
    void theTableNamesEveryCodeAndNoOther() throws IOException {
        Set<Integer> table = new TreeSet<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("../docs/client-protocol.md")));
        while (row.find()) {
            table.add(Integer.valueOf(row.group(1)));
        }
        assertThat(table).isEqualTo(SENT);
    }

    @Test
    void theSchemaNamesEveryCodeAndNoOther() throws IOException {
        Set<Integer> schema = new TreeSet<>();
        JsonMapper.shared()
                .readTree(Files.readString(Path.of("../docs/frames.schema.json")))
                .at("/$defs/close-code/enum")
                .forEach(code -> schema.add(code.asInt()));
        assertThat(schema).isEqualTo(SENT);
    }
}
