package dev.darkroom.explorer;

import java.util.List;

/** An execution that ended wrongly. */
final class Violation extends AssertionError {

    /**
     * Says how to run it again, and what happened.
     *
     * @param before how many executions had ended well
     */
    Violation(Plan plan, int before, Throwable cause, List<String> notes) {
        super(
                "after %d executions that ended well: %s%nplan: %s%n%s"
                        .formatted(before, cause.getMessage(), plan, String.join(System.lineSeparator(), notes)),
                cause);
    }
}
