package dev.darkroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.InMemoryApiKeys;
import dev.darkroom.core.InMemoryKeyUses;
import dev.darkroom.core.InMemoryUsageCounters;
import dev.darkroom.core.account.AuthenticateApiKey;
import dev.darkroom.core.account.KeyUseRecorder;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.archive.FindImage;
import dev.darkroom.core.archive.ImageRetention;
import dev.darkroom.core.billing.ProviderBill;
import dev.darkroom.core.billing.ReconcileBill;
import dev.darkroom.core.billing.StoredLedger;
import dev.darkroom.core.delivery.EndpointDeliveries;
import dev.darkroom.core.delivery.ManageEndpoints;
import dev.darkroom.core.delivery.Redeliver;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.listing.DeleteGenerations;
import dev.darkroom.core.provider.CallbackUrl;
import dev.darkroom.core.provider.SubmitOutcome;
import dev.darkroom.core.step.ReceiveWebhook;
import dev.darkroom.core.step.Timeouts;
import dev.darkroom.core.store.GenerationContext;
import dev.darkroom.core.submission.ReadGeneration;
import dev.darkroom.core.submission.SubmitGeneration.Command;
import dev.darkroom.core.submission.SubmitGeneration.Submission;
import dev.darkroom.core.usage.ReadUsage;
import dev.darkroom.dynamodb.TableConfig;
import dev.darkroom.http.delivery.DeliveryEndpoints;
import dev.darkroom.http.delivery.StandingEndpoints;
import dev.darkroom.http.delivery.WebhookEndpoints;
import dev.darkroom.http.function.GetGenerationHandler;
import dev.darkroom.http.function.SubmitGenerationHandler;
import dev.darkroom.http.image.GetImageHandler;
import dev.darkroom.http.image.Receipts;
import dev.darkroom.http.image.SecretReceiptSigner;
import dev.darkroom.http.usage.UsageEndpoint;
import dev.darkroom.http.wavespeed.CancelEndpoint;
import dev.darkroom.http.wavespeed.ManageGenerationsHandler;
import dev.darkroom.http.wavespeed.listing.DeleteEndpoint;
import dev.darkroom.http.wavespeed.wire.GenerationViews;
import dev.darkroom.http.webhook.ReceiveWebhookHandler;
import dev.darkroom.observability.LoggingGenerationListener;
import dev.darkroom.observability.Metrics;
import dev.darkroom.provider.wavespeed.WebhookVerifiers;
import dev.darkroom.worker.BillRun;
import dev.darkroom.worker.PollGenerationsHandler;
import dev.darkroom.worker.SingleRow;
import dev.darkroom.worker.SweepConfig;
import dev.darkroom.worker.SweepRun;
import dev.darkroom.workflow.StartGenerationHandler;
import dev.darkroom.workflow.WorkflowErrorBoundary;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** The handlers on the core with its fakes, without Quarkus. Each input gets a new one. */
public final class FuzzedGateway {

    public static final String RECEIPT_KEY = "the-key-of-the-receipts-of-images";
    public static final String WEBHOOK_SECRET = "whsec_the-webhook-secret";

    private record Table(String name, int shards, Duration retention) implements TableConfig {}

    private record Sweep(
            Optional<String> function,
            Optional<String> fewFunction,
            boolean few,
            Duration window,
            Duration lease,
            int concurrency)
            implements SweepConfig {}

    public final CoreFixture core;
    public final InMemoryApiKeys keys = TestCallers.keys();
    public final VirtualWaits waits;
    public final SubmitGenerationHandler submit;
    public final GetGenerationHandler get;
    public final ManageGenerationsHandler manage;
    public final PollGenerationsHandler poll;
    public final StartGenerationHandler start;
    public final ReceiveWebhookHandler webhook;
    public final GetImageHandler image;

    private WebhookEndpoints webhooks(ApiKeyCheck check, HttpErrorBoundary http) {
        var manageEndpoints = new ManageEndpoints(core.secrets, core.random, core.clock);
        var redeliver = new Redeliver(core.context);
        return new WebhookEndpoints(
                new StandingEndpoints(manageEndpoints, core.receivers),
                new DeliveryEndpoints(
                        redeliver, new EndpointDeliveries(core.store, redeliver), manageEndpoints, core.clock),
                manageEndpoints,
                check,
                http);
    }

    public FuzzedGateway() {
        this(new CallbackUrl(Optional.empty()));
    }

    /** {@code address} is the configured URL of the gateway. */
    public FuzzedGateway(CallbackUrl address) {
        this(new CoreFixture(), address);
    }

    /** The handlers on this core. */
    public FuzzedGateway(CoreFixture core, CallbackUrl address) {
        this.core = core;
        var metrics = new Metrics(() -> "dev", core.clock);
        var http = new HttpErrorBoundary(metrics, core.clock);
        var check = new ApiKeyCheck(
                new AuthenticateApiKey(
                        keys, new KeyUseRecorder(new InMemoryKeyUses(), core.clock, (_, _) -> {}), core.clock),
                new TokenCallers(Optional.of(TestCallers.CLAIM)));
        var task = new WorkflowErrorBoundary(metrics);
        var read = new ReadGeneration(core.store, core.admissions);
        var retention = new ImageRetention(Duration.ofDays(30), core.clock);
        var links = new GatewayAddress(address.gateway(), Optional.empty());
        var views = new GenerationViews(links, Timeouts.DEFAULTS, retention);
        var cancel = new CancelEndpoint(core.cancel, views);
        waits = new VirtualWaits(core);
        var await = waits.await(read);
        var waveSpeed = new FuzzedWaveSpeed(core, links, await, check, http, views);
        var openAi = new FuzzedOpenAi(core, links, await, check, http, retention);
        submit = new SubmitGenerationHandler(waveSpeed.submissions, openAi.submissions);
        get = new GetGenerationHandler(
                waveSpeed.reads,
                openAi.reads,
                new UsageEndpoint(
                        new ReadUsage(core.store.usage(), InMemoryUsageCounters.NAMES), check, http, core.clock));
        manage = new ManageGenerationsHandler(
                cancel,
                new DeleteEndpoint(new DeleteGenerations(core.context, core.store)),
                webhooks(check, http),
                check,
                http);
        poll = new PollGenerationsHandler(
                new SingleRow(read, core.advance, core.context, views),
                new SweepRun(
                        core.sweep,
                        new Sweep(
                                Optional.empty(),
                                Optional.empty(),
                                false,
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(15),
                                8),
                        core.clock),
                new BillRun(
                        new ReconcileBill(
                                core.providers.byId().values().stream()
                                        .map(ProviderBill::of)
                                        .toList(),
                                StoredLedger.ofCounted(core.store, core.store, core.store.usage()),
                                _ -> {},
                                core.clock),
                        core.clock),
                new Table("", 1, Duration.ofDays(30)),
                task);
        image = new GetImageHandler(
                new FindImage(core.store, retention),
                core.archive,
                core.images,
                new Receipts(Optional.of(new SecretReceiptSigner(RECEIPT_KEY)), core.clock),
                http);
        start = new StartGenerationHandler(core.submit, views, task);
        var listener = new LoggingGenerationListener(metrics);
        core.provider.sendsWebhooks(WebhookVerifiers.of(WEBHOOK_SECRET, core.clock));
        webhook = new ReceiveWebhookHandler(
                core.providers,
                new ReceiveWebhook(new GenerationContext(core.store, listener, _ -> {}, core.clock), core.advance),
                http,
                metrics);
    }

    /** Stores a row that the provider has accepted. The first id of a core is 1. */
    public void storeOne() {
        store(new SubmitOutcome.Created(new PredictionId("prediction-1")));
    }

    /** Stores a row that waits in the queue, because the provider has refused its paid call. */
    public void storeQueued() {
        store(new SubmitOutcome.NotCreated(null, "HTTP 429"));
    }

    /** Stores a row whose paid call has an unknown outcome. */
    public void storeUnconfirmed() {
        store(new SubmitOutcome.Unknown("timeout"));
    }

    private void store(SubmitOutcome outcome) {
        core.provider.willAnswerSubmit(outcome);
        var submission = core.submit.submit(new Command(
                new Owner("acme"),
                CoreFixture.MODEL,
                "{\"prompt\": \"%s\", \"aspect_ratio\": \"16:9\", \"num_images\": 2, \"seed\": 7}"
                        .formatted(LogLeakCheck.PROMPT),
                Optional.empty(),
                Optional.empty()));
        assertThat(submission).isInstanceOf(Submission.Stored.class);
    }

    public void checkNothingHappened() {
        assertThat(core.store.all()).as("rows").isEmpty();
        assertThat(core.provider.submissions()).as("paid calls").isEmpty();
    }

    public void checkOneRowAndOnePaidCall() {
        assertThat(core.store.all()).as("rows").hasSize(1);
        assertThat(core.provider.submissions()).as("paid calls").hasSize(1);
        checkRowsFitIntoTheTable();
    }

    /** The table accepts only valid Unicode, and at most 400 KB for each row. */
    public void checkRowsFitIntoTheTable() {
        for (Generation row : core.store.all()) {
            var stored = row
                    + row.followUps().stream()
                            .map(followUp -> followUp.action().target())
                            .reduce("", String::concat);
            assertThat(Fuzz.isUnicode(stored)).as("Unicode").isTrue();
            assertThat(stored.getBytes(StandardCharsets.UTF_8).length).isLessThan(390 * 1024);
        }
    }
}
