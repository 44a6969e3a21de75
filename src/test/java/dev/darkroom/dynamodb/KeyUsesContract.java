package dev.darkroom.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.account.KeyUses;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The contract of every {@link KeyUses}. */
abstract class KeyUsesContract {

    private static final LocalDate DAY = LocalDate.parse("2026-11-26");

    private final ApiKeyId key = newKey();

    abstract KeyUses uses();

    @Test
    void aKeyThatWasNeverUsedIsMissing() {
        assertThat(uses().lastDays(List.of(key))).isEmpty();
    }

    @Test
    void theLastDayCounts() {
        uses().used(key, DAY);
        uses().used(key, DAY.plusDays(1));
        uses().used(newKey(), DAY.plusDays(2));

        assertThat(uses().lastDays(List.of(key))).containsOnlyKeys(key).containsEntry(key, DAY.plusDays(1));
    }

    private static ApiKeyId newKey() {
        return new ApiKeyId(UUID.randomUUID().toString().replace("-", "").substring(0, 16));
    }
}
