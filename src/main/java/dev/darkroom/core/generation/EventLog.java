package dev.darkroom.core.generation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What has happened to a generation, in the order in which it was recorded. There is room for 20 entries. After that
 * each new entry replaces the oldest one after the first five, so that the beginning and the end are kept.
 *
 * @param dropped how many entries are missing after the first five, 0 or more
 */
public record EventLog(List<Entry> entries, int dropped) {

    public static final EventLog EMPTY = new EventLog(List.of(), 0);

    /** The largest number of entries. */
    public static final int MAX_ENTRIES = 20;

    /** How many of the first entries are never dropped. */
    public static final int FIRST_ENTRIES = 5;

    /**
     * What can happen. An event is recorded by the write that it causes, so what causes no write is no event, such as a
     * poll of a prediction that still runs. The names are stored, so they never change.
     */
    public enum Event {
        /** The request arrived at the endpoint. */
        RECEIVED,
        /** The request was stored, and waits in the queue. */
        QUEUED,
        /** The row was claimed; the paid call comes next. */
        CLAIMED,
        /** The provider accepted the paid call. */
        SUBMITTED,
        /** The provider refused the paid call and created nothing, so the request waits in the queue. */
        REFUSED,
        /** Too little time was left to send the paid call, so the request waits in the queue. */
        REQUEUED,
        /** The outcome of the paid call is unknown. */
        UNCONFIRMED,
        /** The prediction of a paid call with an unknown outcome was found. */
        ADOPTED,
        /** The outcome of the paid call stayed unknown, so the request waits in the queue to be sent once more. */
        RESUBMITTED,
        /** The provider gave an answer that ends the generation if the provider repeats it for a while. */
        DOUBTED,
        /** A webhook of the provider changed the row. */
        WEBHOOK_RECEIVED,
        COMPLETED,
        FAILED,
        CANCELLED,
        /** One follow-up or several were done. */
        FOLLOW_UP_DONE,
        /** The first attempt of a follow-up failed; its later attempts that fail are not recorded. */
        FOLLOW_UP_FAILED,
        /** One follow-up or several were given up: their time was over, or their target no longer exists. */
        FOLLOW_UP_ABANDONED;

        public Entry at(Instant time) {
            return new Entry(this, time);
        }

        /** The name as it is stored and shown: lower case with hyphens. */
        public String title() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** The event with this title; empty for one that this version of the gateway does not know. */
        public static Optional<Event> of(String title) {
            return Arrays.stream(values())
                    .filter(event -> event.title().equals(title))
                    .findFirst();
        }
    }

    /** An event, and when it happened, in whole milliseconds. */
    public record Entry(Event event, Instant at) {}

    public EventLog {
        entries = List.copyOf(entries);
        if (entries.size() > MAX_ENTRIES || dropped < 0) {
            throw new IllegalArgumentException("an event log has at most 20 entries");
        }
    }

    EventLog with(Entry entry) {
        var next = new ArrayList<>(entries);
        next.add(entry);
        if (next.size() <= MAX_ENTRIES) {
            return new EventLog(next, dropped);
        }
        next.remove(FIRST_ENTRIES);
        return new EventLog(next, dropped + 1);
    }

    /** The log with an entry before all others. */
    EventLog startingWith(Entry first) {
        var next = new ArrayList<>(List.of(first));
        next.addAll(entries);
        return new EventLog(next, dropped);
    }
}
