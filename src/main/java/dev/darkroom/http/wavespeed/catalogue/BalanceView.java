package dev.darkroom.http.wavespeed.catalogue;

import com.fasterxml.jackson.databind.ObjectWriter;
import dev.darkroom.http.wavespeed.wire.WaveSpeedDialect;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;

/** What the account holds, in US dollars. */
@RegisterForReflection
record BalanceView(BigDecimal balance) {

    private static final ObjectWriter WRITER = WaveSpeedDialect.writerFor(Envelope.class);

    /** The provider's envelope. */
    @RegisterForReflection
    record Envelope(int code, String message, BalanceView data) {}

    static String json(long microDollars) {
        return WaveSpeedDialect.write(WRITER, new Envelope(200, "success", new BalanceView(Dollars.of(microDollars))));
    }
}
