package dev.darkroom.local.functions;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what the processes of a pool did. */
final class RecordingFunctionListener implements FunctionListener {

    private final List<FailedInvocation> failures = new CopyOnWriteArrayList<>();
    private final List<String> idleExits = new CopyOnWriteArrayList<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void logged(String function, String line) {
        lines.add(line);
    }

    @Override
    public void failed(FailedInvocation failure) {
        failures.add(failure);
    }

    @Override
    public void exitedIdle(String function, String reason) {
        idleExits.add(reason);
    }

    List<FailedInvocation> failures() {
        return List.copyOf(failures);
    }

    List<String> idleExits() {
        return List.copyOf(idleExits);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
