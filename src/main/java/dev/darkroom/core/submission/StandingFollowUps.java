package dev.darkroom.core.submission;

import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.catalogue.Violation;
import dev.darkroom.core.generation.FollowUp;
import java.util.List;
import java.util.Optional;

/** What the rows of all requests of an API key owe, besides what each request asks for. */
public interface StandingFollowUps {

    StandingFollowUps NONE = new StandingFollowUps() {
        @Override
        public List<FollowUp.Action> of(ApiKeyId key) {
            return List.of();
        }

        @Override
        public Optional<Violation> problem(FollowUp.Action asked) {
            return Optional.empty();
        }
    };

    /** Throws when the store does not answer. */
    List<FollowUp.Action> of(ApiKeyId key);

    /** Why a row cannot owe what a request asks for; empty when it can. */
    Optional<Violation> problem(FollowUp.Action asked);
}
