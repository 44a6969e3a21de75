package dev.darkroom.dynamodb;

import static dev.darkroom.dynamodb.Values.text;

import dev.darkroom.core.generation.EventLog;
import dev.darkroom.core.generation.EventLog.Entry;
import dev.darkroom.core.generation.EventLog.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Converts an event log to one text, and back: {@code received:-1204 claimed:0 submitted:812}, with milliseconds since
 * the row was created, so that it adds little to the size of the row. {@code dropped:7} is the number of dropped
 * entries.
 */
final class EventsValue {

    private static final String DROPPED = "dropped";
    private static final Pattern ENTRY = Pattern.compile("([a-z-]+):(-?\\d{1,15})");

    private EventsValue() {}

    static AttributeValue of(EventLog log, Instant createdAt) {
        var texts = new ArrayList<String>();
        for (var entry : log.entries()) {
            texts.add(part(
                    entry.event().title(),
                    Duration.between(createdAt, entry.at()).toMillis()));
        }
        if (log.dropped() > 0) {
            texts.add(Math.min(EventLog.FIRST_ENTRIES, texts.size()), part(DROPPED, log.dropped()));
        }
        return text(String.join(" ", texts));
    }

    private static String part(String name, long number) {
        return name + ":" + number;
    }

    /**
     * {@code value} is null for a row without a log. What this version of the gateway cannot read is left out, because
     * a row has to be readable whatever its log says.
     */
    static EventLog read(@Nullable AttributeValue value, Instant createdAt) {
        if (value == null || value.s() == null) {
            return EventLog.EMPTY;
        }
        var entries = new ArrayList<Entry>();
        int dropped = 0;
        var texts = ENTRY.matcher(value.s());
        while (texts.find()) {
            var name = texts.group(1);
            long number = Long.parseLong(texts.group(2));
            if (name.equals(DROPPED)) {
                dropped = Math.clamp(number, 0, Integer.MAX_VALUE);
            } else if (entries.size() < EventLog.MAX_ENTRIES) {
                Event.of(name).ifPresent(event -> entries.add(event.at(createdAt.plusMillis(number))));
            }
        }
        return new EventLog(entries, dropped);
    }
}
