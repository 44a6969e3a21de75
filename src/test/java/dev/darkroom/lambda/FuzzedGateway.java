package dev.darkroom.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.application.Authorize;
import dev.darkroom.application.CallbackAddress;
import dev.darkroom.application.Core;
import dev.darkroom.application.GenerationContext;
import dev.darkroom.application.InMemoryApiKeys;
import dev.darkroom.application.ReadGeneration;
import dev.darkroom.application.ReceiveWord;
import dev.darkroom.application.SubmitGeneration.Command;
import dev.darkroom.application.SubmitGeneration.Submission;
import dev.darkroom.application.SubmitOutcome;
import dev.darkroom.domain.Caller;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.Owner;
import dev.darkroom.domain.PredictionId;
import dev.darkroom.domain.Timeouts;
import dev.darkroom.dynamodb.TableConfig;
import dev.darkroom.wavespeed.WordsReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** The handlers on the core with its fakes, without Quarkus: made anew for every input. */
final class FuzzedGateway {

    static final String WEBHOOK_SECRET = "whsec_the-webhook-secret";

    private record Table(String name, int shards, Duration retention) implements TableConfig {}

    private record Sweep(Optional<String> function, Duration window, Duration lease, int concurrency)
            implements SweepConfig {}

    final Core core = new Core();
    final InMemoryApiKeys keys = new InMemoryApiKeys();
    final SubmitGenerationHandler submit;
    final GetGenerationHandler get;
    final PollGenerationsHandler poll;
    final StartGenerationHandler start;
    final AuthorizeHandler authorize;
    final ReceiveWebhookHandler webhook;

    FuzzedGateway() {
        this(new CallbackAddress(Optional.empty()));
    }

    /** {@code address} is the gateway's own one, as it is configured. */
    FuzzedGateway(CallbackAddress address) {
        var metrics = new Metrics(() -> "dev", core.clock);
        var http = new HttpGuard(metrics, core.clock);
        var task = new TaskGuard(metrics);
        var read = new ReadGeneration(core.store, core.admission);
        var views = new GenerationViews(address, Timeouts.DEFAULTS);
        var result = new ResultEndpoint(read, views);
        submit = new SubmitGenerationHandler(core.submit, result, views, http);
        get = new GetGenerationHandler(result, http);
        poll = new PollGenerationsHandler(
                new SingleRow(read, core.advance, views),
                core.sweep,
                new Sweep(Optional.empty(), Duration.ofSeconds(10), Duration.ofSeconds(15), 8),
                new Table("", 1, Duration.ofDays(30)),
                task,
                core.clock);
        start = new StartGenerationHandler(core.submit, views, task);
        authorize = new AuthorizeHandler(new Authorize(keys));
        var events = new LoggedGenerationEvents(metrics);
        webhook = new ReceiveWebhookHandler(
                WordsReader.of(WEBHOOK_SECRET, core.clock),
                new ReceiveWord(new GenerationContext(core.store, events, _ -> {}, core.clock), core.advance),
                http,
                metrics);
    }

    /** The provider has it. The first id of a core is 1. */
    void storeOne() {
        store(new SubmitOutcome.Created(new PredictionId("prediction-1")));
    }

    /** Nobody knows whether the provider has it. */
    void storeUnconfirmed() {
        store(new SubmitOutcome.Unknown("timeout"));
    }

    private void store(SubmitOutcome outcome) {
        core.provider.willAnswerSubmit(outcome);
        var submission = core.submit.submit(new Command(
                Caller.of(new Owner("acme")),
                Core.MODEL,
                "{\"prompt\": \"%s\", \"aspect_ratio\": \"16:9\", \"num_images\": 2, \"seed\": 7}"
                        .formatted(WatchedLogs.PROMPT),
                Optional.empty(),
                Optional.empty()));
        assertThat(submission).isInstanceOf(Submission.Accepted.class);
    }

    void checkNothingHappened() {
        assertThat(core.store.all()).as("rows").isEmpty();
        assertThat(core.provider.submissions()).as("paid calls").isEmpty();
    }

    void checkOneRowAndOnePaidCall() {
        assertThat(core.store.all()).as("rows").hasSize(1);
        assertThat(core.provider.submissions()).as("paid calls").hasSize(1);
        checkRowsFitIntoTheTable();
    }

    /** The table takes Unicode only, and 400 KB for each row. */
    void checkRowsFitIntoTheTable() {
        for (Generation row : core.store.all()) {
            var stored = row
                    + row.caller().waitingTasks().stream()
                            .map(task -> task.value())
                            .reduce("", String::concat);
            assertThat(Fuzz.isUnicode(stored)).as("Unicode").isTrue();
            assertThat(stored.getBytes(StandardCharsets.UTF_8).length).isLessThan(390 * 1024);
        }
    }
}
