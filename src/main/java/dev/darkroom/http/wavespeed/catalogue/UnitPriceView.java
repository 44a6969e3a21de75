package dev.darkroom.http.wavespeed.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.darkroom.core.catalogue.QuotePrice.Quote;
import dev.darkroom.http.wavespeed.wire.GenerationView.Warning;
import dev.darkroom.http.wavespeed.wire.WaveSpeedDialect;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request costs, with the fields of {@code model/pricing}.
 *
 * @param unitPrice in US dollars, for one call with the inputs; null where no price is established
 * @param note the gateway's own field; only there when there is no price
 * @param warnings the gateway's own field: those that a submission would have; only there when there are any
 */
@RegisterForReflection
record UnitPriceView(
        @JsonProperty("model_id") String modelId,
        @JsonProperty("unit_price") @Nullable BigDecimal unitPrice,
        String currency,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String note,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Warning> warnings) {

    private static final ObjectWriter WRITER = WaveSpeedDialect.writerFor(Envelope.class);

    /** The provider's envelope. */
    @RegisterForReflection
    record Envelope(int code, String message, UnitPriceView data) {}

    static String json(String model, Quote.Valid quote) {
        var view = new UnitPriceView(
                model,
                Dollars.orNull(quote.microDollars()),
                Dollars.CURRENCY,
                Dollars.note(quote.microDollars()),
                Warning.of(quote.notices()));
        return WaveSpeedDialect.write(WRITER, new Envelope(200, "success", view));
    }
}
