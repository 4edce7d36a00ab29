package dev.sidestream.sessions.store;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** Hears what is advised during a test. */
public final class Warnings implements BeforeEachCallback, AfterEachCallback {

    private final Logger log = (Logger) LoggerFactory.getLogger(Advice.class);
    private final Queue<String> texts = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            texts.add(event.getFormattedMessage());
        }
    };

    /** In the order in which they were said. */
    public List<String> texts() {
        return List.copyOf(texts);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        appender.setContext(log.getLoggerContext());
        appender.start();
        log.addAppender(appender);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        log.detachAppender(appender);
    }
}
