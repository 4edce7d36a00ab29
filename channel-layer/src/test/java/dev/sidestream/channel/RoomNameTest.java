package dev.sidestream.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoomNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"lobby", "聊天室", "Über", "комната", "غرفة", "a_b-c=d@e,f.g;h", "0", "१२३", "x.y", "𝒳", "ひらがな"})
    void acceptsLettersAndDigitsOfAnyScript(String name) {
        assertThat(RoomName.normalise(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "हिन्दी",
                "தமிழ்",
                "ภาษาไทยที่นี่",
                "ខ្មែរ",
                "বাংলা",
                "עִבְרִית",
                "مُحَمَّد",
                "မြန်မာ",
                "བོདཡིག",
                "x\u0302\u0323"
            })
    void acceptsMarksOnLetters(String name) {
        String normal = java.text.Normalizer.normalize(name, java.text.Normalizer.Form.NFC);
        assertThat(RoomName.normalise(name)).isEqualTo(normal);
        assertThat(RoomName.normalise(java.text.Normalizer.normalize(name, java.text.Normalizer.Form.NFD)))
                .isEqualTo(normal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u093F",
                "\u093Fक",
                "7\u093F",
                "-\u0301",
                "क.\u093F",
                "क\u034F",
                "ក\u17B4",
                "a\u180Bb",
                "a\uFE00",
                "a\uDB40\uDD00",
                "a\u20DD",
                "a\u0323\u0323\u0323\u0323\u0323\u0323\u0323\u0323\u0323\u0323"
            })
    void refusesMarksOnNothingAndThoseThatCannotBeSeen(String name) {
        assertThat(RoomName.normalise(name)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a/b",
                "a:b",
                ".",
                "..",
                "{a}",
                "a{",
                "}",
                "*",
                "a?b",
                "a\nb",
                "a\u0000b",
                "\u202Eabc",
                "a\u200Bb",
                "a\u00ADb",
                "\u3164",
                "\uFFA0",
                "\u115F",
                "a\uFE0Fb",
                "\uD800",
                "a\uD800b",
                "😀",
                "a#b",
                "a%b",
                "a+b",
                "a'b",
                "a\"b",
                "a\\b",
                "<a>",
                "a&b",
                "\u0301"
            })
    void refusesEverythingElse(String name) {
        assertThat(RoomName.normalise(name)).isNull();
    }

    @Test
    void makesOneOfTwoSpellings() {
        assertThat(RoomName.normalise("cafe\u0301")).isEqualTo("caf\u00e9");
        assertThat(RoomName.normalise("\u212B")).isEqualTo("\u00C5");
    }

    @Test
    void countsCharactersNotTheirEncoding() {
        assertThat(RoomName.normalise("x".repeat(100))).isNotNull();
        assertThat(RoomName.normalise("x".repeat(101))).isNull();
        assertThat(RoomName.normalise("𝒳".repeat(100))).isNotNull();
        assertThat(RoomName.normalise("𝒳".repeat(101))).isNull();
        assertThat(RoomName.normalise("e\u0301".repeat(100))).hasSize(100);
        assertThat(RoomName.normalise("e\u0301".repeat(101))).isNull();
        assertThat(RoomName.normalise("x".repeat(1_000_000))).isNull();
    }

    @Test
    void doesNotRepeatARefusedName() {
        assertThatThrownBy(() -> RoomName.require("secret\nname"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
        assertThat(RoomName.require("lobby")).isEqualTo("lobby");
    }
}
