package dev.darkroom.local.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.local.PlatformListener;
import dev.darkroom.local.events.ReceivedEvent;
import dev.darkroom.local.functions.FailedInvocation;
import dev.darkroom.local.functions.Sender;
import dev.darkroom.local.gateway.Refusal;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * Prints a line for each of Darkroom's own events that a person wants to see: ended generations, warnings and errors,
 * functions that crashed or took too long, events on the event bus, and refused requests. A request has one line at most. All lines of all parts go to the log file.
 */
public final class Console implements PlatformListener {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int SERVER_ERROR = 500;

    private final LogFile log;
    private final Terminal terminal;

    /** Clients whose 500 is explained by the line about a function, until the gateway answers them. */
    private final Queue<Sender> explained = new ConcurrentLinkedQueue<>();

    private volatile Function<GenerationId, List<String>> images = _ -> List.of();
    private volatile boolean ready;

    public Console(LogFile log, PrintStream out, Clock clock) {
        this.log = log;
        this.terminal = new Terminal(out, clock);
    }

    /** The platform is ready, so refusals from now on are not of its own requests. {@code source} reads addresses. */
    public void ready(Function<GenerationId, List<String>> source) {
        images = source;
        ready = true;
    }

    @Override
    public void logged(String function, String line) {
        log.write(function, line);
        try {
            EventLine.of(function, JSON.readTree(line), images)
                    .ifPresent(event -> terminal.print(event.label(), event.details()));
        } catch (JsonProcessingException _) {
            // Not a log event of Darkroom: the line is only in the file.
        }
    }

    @Override
    public void failed(FailedInvocation failure) {
        log.write(failure.function(), failure.logLine());
        if (failure.sender().isClient()) {
            explained.add(failure.sender());
        }
        terminal.print(
                failure.isTimeOut() ? "timed out" : "crashed",
                List.of(failure.function(), failure.logLine(), failure.sender().onFailure()));
    }

    @Override
    public void exitedIdle(String function, String reason) {
        log.write(function, reason);
        terminal.print("crashed", List.of(function, reason, "it had no event; the next one starts a new process"));
    }

    @Override
    public void refused(Refusal refusal) {
        var details = List.of(
                refusal.method(),
                refusal.path(),
                Integer.toString(refusal.status()),
                refusal.code(),
                String.join(", ", refusal.fields()));
        log.write("gateway", String.join(" ", details).strip());
        if (!isExplained(refusal) && ready) {
            terminal.print(refusal.status() < SERVER_ERROR ? "refused" : "error", details);
        }
    }

    private boolean isExplained(Refusal refusal) {
        return explained.remove(Sender.http(refusal.method(), refusal.path()));
    }

    @Override
    public void eventReceived(ReceivedEvent event) {
        log.write(event.bus(), event.type() + " " + event.detail());
        terminal.print(
                "event",
                List.of(
                        event.detail().path("id").asText(),
                        event.type(),
                        event.detail().path("status").asText(),
                        "on the bus " + event.bus()));
    }

    @Override
    public void serverEnded(String server, String reason) {
        log.write(server, reason);
        terminal.print("crashed", List.of(server, reason, "stop Darkroom and start it again"));
    }
}
