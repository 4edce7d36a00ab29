package dev.sidestream.gateway.announcement;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.sidestream.channel.ChannelLayer;
import dev.sidestream.channel.ChannelLayerException;
import dev.sidestream.channel.ChannelLayerException.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import reactor.core.publisher.Mono;

class AnnouncementFailureTest {

    @ParameterizedTest
    @CsvSource({"UNAVAILABLE, 503, 5", "STORAGE_FULL, 503, 60", "INVALID, 500,"})
    void failureOfTheLayerIsAStatusAndAHintAndNothingOfItsInside(Kind kind, int status, String hint) throws Exception {
        ChannelLayer layer = mock(ChannelLayer.class);
        when(layer.publish(anyString(), any()))
                .thenReturn(Mono.error(new ChannelLayerException(kind, "redis://10.0.0.7 refused", null)));

        MockMvcBuilders.standaloneSetup(new AnnouncementController(layer))
                .build()
                .perform(post("/rooms/lobby/announcements")
                        .principal(() -> "alice")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"message\": \"hi\"}"))
                .andExpect(status().is(status))
                .andExpect(hint == null ? header().doesNotExist("Retry-After") : header().string("Retry-After", hint))
                .andExpect(content().string(not(containsString("10.0.0.7"))));
    }
}
