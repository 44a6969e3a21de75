package dev.darkroom.core.submission;

import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.catalogue.Violation;
import dev.darkroom.core.generation.FollowUp;
import java.util.List;
import java.util.Optional;

/** What rows owe besides what their requests ask for: those of requests with an API key, and all rows. */
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

    /** What every new row owes, whoever sent its request. A repeated request adds none of it to its row. */
    default List<FollowUp.Action> ofEveryRow() {
        return List.of();
    }

    /** The same, and every new row owes these. */
    default StandingFollowUps andOfEveryRow(List<FollowUp.Action> owed) {
        var others = this;
        return new StandingFollowUps() {
            @Override
            public List<FollowUp.Action> of(ApiKeyId key) {
                return others.of(key);
            }

            @Override
            public List<FollowUp.Action> ofEveryRow() {
                return owed;
            }

            @Override
            public Optional<Violation> problem(FollowUp.Action asked) {
                return others.problem(asked);
            }
        };
    }

    /** Why a row cannot owe what a request asks for; empty when it can. */
    Optional<Violation> problem(FollowUp.Action asked);
}
