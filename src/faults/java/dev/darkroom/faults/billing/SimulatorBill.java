package dev.darkroom.faults.billing;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.core.billing.ProviderBill;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.provider.BillOutcome;
import dev.darkroom.core.provider.BillQuestion;
import dev.darkroom.provider.wavespeed.wire.BillPage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** The bill of the simulated provider, read as {@code make reconcile} reads it. */
record SimulatorBill(URI address, HttpClient client) implements ProviderBill {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @Override
    public ProviderId provider() {
        return new ProviderId("wavespeed");
    }

    @Override
    public BillOutcome page(BillQuestion question, int page) {
        var request = HttpRequest.newBuilder(address.resolve("/api/v3/billings/search"))
                .header("Authorization", "Bearer simulated")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(BillPage.filter(question, page)))
                .build();
        try {
            var data = JSON.readTree(
                            client.send(request, BodyHandlers.ofString()).body())
                    .path("data");
            return BillPage.of(data, page)
                    .<BillOutcome>map(found -> found)
                    .orElseGet(() -> new BillOutcome.Unclear("the answer has no entries"));
        } catch (IOException e) {
            return new BillOutcome.Unclear("the simulator did not answer: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
