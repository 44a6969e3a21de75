package dev.darkroom.core.submission;

import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.generation.FollowUp;
import java.util.List;

/** What the rows of all requests of an API key owe, besides what each request asks for. */
@FunctionalInterface
public interface StandingFollowUps {

    StandingFollowUps NONE = _ -> List.of();

    /** Throws when the store does not answer. */
    List<FollowUp.Action> of(ApiKeyId key);
}
