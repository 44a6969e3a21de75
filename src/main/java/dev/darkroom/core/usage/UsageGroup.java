package dev.darkroom.core.usage;

import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.ModelId;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/**
 * What is counted together.
 *
 * @param day of the acceptance (UTC), whenever the generation ended
 * @param key empty for a request of a workflow
 * @param model the model that drew
 * @param metadata the values of the counted names; names that the request did not have are missing
 */
public record UsageGroup(
        LocalDate day, Owner owner, Optional<ApiKeyId> key, ModelId model, Map<String, String> metadata) {

    public UsageGroup {
        metadata = Map.copyOf(metadata);
    }
}
