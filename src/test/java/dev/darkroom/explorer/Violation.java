package dev.darkroom.explorer;

import java.util.List;

/** A promise that an execution has broken. */
final class Violation extends AssertionError {

    /**
     * The message says how to repeat the execution, and what happened in it.
     *
     * @param before the number of executions before it that ended well
     */
    Violation(Plan plan, int before, Throwable cause, List<String> notes) {
        super(
                "after %d executions that ended well: %s%nplan: %s%n%s"
                        .formatted(before, cause.getMessage(), plan, String.join(System.lineSeparator(), notes)),
                cause);
    }
}
