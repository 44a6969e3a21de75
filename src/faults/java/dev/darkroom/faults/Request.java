package dev.darkroom.faults;

import dev.darkroom.faults.LastingFault.End;
import java.util.Optional;

/**
 * What a caller requests, and how that has to end.
 *
 * @param key idempotency key
 * @param lasting its permanent fault, if it has one
 * @param doomed whether the provider's outage is longer than the generation may last
 */
record Request(String key, String prompt, int images, Optional<LastingFault> lasting, boolean doomed) {

    static Request healthy(String key, String prompt, int images) {
        return new Request(key, prompt, images, Optional.empty(), false);
    }

    static Request lasting(String key, String prompt, LastingFault fault) {
        return new Request(key, prompt + " " + fault.marks(), 1, Optional.of(fault), false);
    }

    static Request doomed(String key, String prompt) {
        return new Request(key, prompt, 1, Optional.empty(), true);
    }

    boolean isHealthy() {
        return lasting.isEmpty() && !doomed;
    }

    /** Whether it has to complete if the provider made its images. */
    boolean mustComplete() {
        return !doomed && end() == End.COMPLETED;
    }

    boolean mustFail() {
        return doomed || end() == End.FAILED;
    }

    private End end() {
        return lasting.map(LastingFault::end).orElse(End.COMPLETED);
    }
}
