package dev.darkroom.liveness;

import dev.darkroom.core.followup.EventBus;
import dev.darkroom.core.followup.EventNotSentException;
import dev.darkroom.liveness.Answers.Service;
import java.time.Duration;

/** An event bus, whose calls take time and fail for bad prompts. An event's detail is its prompt. */
record SlowEvents(Simulation simulation, Answers toBadPrompts) implements EventBus {

    private static final Duration CALL = Duration.ofMillis(100);

    @Override
    public void send(String prompt) {
        var answers = prompt.startsWith(SlowProvider.BAD_PROMPT) ? toBadPrompts : Answers.GOOD;
        simulation.sleep(answers.failure(Service.EVENT_BUS).orElse(CALL));
        if (answers.failure(Service.EVENT_BUS).isPresent()) {
            throw new EventNotSentException("no answer");
        }
    }
}
