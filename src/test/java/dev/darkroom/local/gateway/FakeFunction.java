package dev.darkroom.local.gateway;

import dev.darkroom.local.declared.FunctionSpec;
import dev.darkroom.local.functions.InvokableFunction;
import dev.darkroom.local.functions.Sender;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A function that fails until it is given an answer, which it then gives to all events. */
final class FakeFunction implements InvokableFunction {

    private final FunctionSpec spec;
    private final List<Sender> senders = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private CompletableFuture<byte[]> answer = CompletableFuture.failedFuture(new IllegalStateException("crashed"));

    FakeFunction(FunctionSpec spec) {
        this.spec = spec;
    }

    void answers(String json) {
        answer = CompletableFuture.completedFuture(json.getBytes(StandardCharsets.UTF_8));
    }

    /** The senders of the events so far. */
    List<Sender> senders() {
        return List.copyOf(senders);
    }

    /** The events so far. */
    List<String> events() {
        return List.copyOf(events);
    }

    @Override
    public FunctionSpec spec() {
        return spec;
    }

    @Override
    public CompletableFuture<byte[]> invoke(String event, Sender sender) {
        senders.add(sender);
        events.add(event);
        return answer;
    }
}
