package dev.darkroom.core;

import dev.darkroom.core.followup.EventBus;
import dev.darkroom.core.followup.EventNotSentException;
import java.util.ArrayList;
import java.util.List;

/** Remembers the events, also those whose sender is told that they failed. */
public final class FakeEventBus implements EventBus {

    private final List<String> events = new ArrayList<>();
    private boolean failing;
    private boolean answersGetLost;

    @Override
    public synchronized void send(String detail) {
        if (failing) {
            throw new EventNotSentException("The fake is set to refuse events.");
        }
        events.add(detail);
        if (answersGetLost) {
            throw new EventNotSentException("The fake is set to lose its answers.");
        }
    }

    /** Whether events are refused from now on. */
    public synchronized void fail(boolean refuses) {
        failing = refuses;
    }

    /** Events arrive from now on, and their senders do not learn it. */
    public synchronized void loseAnswers() {
        answersGetLost = true;
    }

    public synchronized List<String> events() {
        return List.copyOf(events);
    }
}
