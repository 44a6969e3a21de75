package dev.darkroom.faults;

import dev.darkroom.faults.LastingFault.End;
import java.util.Optional;

/**
 * What a caller asks for, and how that has to end.
 *
 * @param key idempotency key
 * @param lasting the fault that it meets for good; empty for none
 * @param doomed whether the provider is out for longer than it may last
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

    /** Whether its images have to come if the provider made any. */
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
