package dev.darkroom.core.step;

import dev.darkroom.core.followup.FollowUpResult;
import dev.darkroom.core.generation.EventLog.Event;
import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.FollowUp.CopyImage;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.ImageCopy;
import dev.darkroom.core.store.GenerationListener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A row after attempts of its follow-ups.
 *
 * @param next the version to be stored
 * @param copies what became of copies of images, by the numbers of the images
 * @param failed the follow-ups that failed once more, without webhooks, whose receivers are not the gateway's
 * @param webhooks the attempts of webhooks
 * @param isNothing whether nothing has changed, so that there is nothing to store
 */
record AttemptedFollowUps(
        Generation next,
        Map<Integer, ImageCopy> copies,
        List<FollowUp> failed,
        WebhookAttempts webhooks,
        boolean isNothing) {

    /** How long before the end of a copy's time a failure is reported as overdue. */
    private static final Duration OVERDUE = Duration.ofDays(2);

    /** A follow-up without a result was not attempted, and stays as it is. */
    static AttemptedFollowUps of(Generation ended, Map<FollowUp, FollowUpResult> results, Instant now) {
        var copies = new TreeMap<Integer, ImageCopy>();
        var owed = new ArrayList<FollowUp>();
        var failed = new ArrayList<FollowUp>();
        var happened = new LinkedHashSet<Event>();
        var webhooks = WebhookAttempts.of(ended);
        for (var followUp : ended.followUps()) {
            var result = results.get(followUp);
            if (result == null) {
                owed.add(followUp);
                continue;
            }
            switch (result) {
                case FollowUpResult.Done() when followUp.isDoneBy(now) -> happened.add(Event.FOLLOW_UP_DONE);
                case FollowUpResult.Done() -> owed.add(followUp.repeated());
                case FollowUpResult.ImageCopied(var number, var copy) -> {
                    copies.put(number, copy);
                    happened.add(copy instanceof ImageCopy.Kept ? Event.FOLLOW_UP_DONE : Event.FOLLOW_UP_ABANDONED);
                }
                case FollowUpResult.TryAgain() -> {
                    var again = followUp.failed(now);
                    owed.add(again);
                    failed.add(again);
                    if (followUp.attempts() == 0) {
                        happened.add(Event.FOLLOW_UP_FAILED);
                    }
                }
                case FollowUpResult.Delivered _, FollowUpResult.NotDelivered _, FollowUpResult.Withdrawn _ -> {
                    webhooks = webhooks.with(followUp, result, now);
                    webhooks.again().ifPresent(owed::add);
                    webhooks.event().ifPresent(happened::add);
                }
                case FollowUpResult.NoRoom _, FollowUpResult.Outgrown _ -> owed.add(followUp);
            }
        }
        return new AttemptedFollowUps(
                next(webhooks.on(ended.withFollowUps(owed)), copies, happened, now),
                copies,
                failed,
                webhooks,
                owed.equals(ended.followUps()));
    }

    /** The time of these follow-ups is over, so an image that was still to be copied is lost. */
    static AttemptedFollowUps abandoned(Generation ended, List<FollowUp> over, Instant now) {
        var copies = new TreeMap<Integer, ImageCopy>();
        for (var followUp : over) {
            if (followUp.action() instanceof CopyImage(var number)) {
                copies.put(number, lost(followUp));
            }
        }
        var webhooks = WebhookAttempts.abandoned(ended, over);
        var left = webhooks.on(ended.without(over.stream().map(FollowUp::action).toList()));
        return new AttemptedFollowUps(
                next(left, copies, Set.of(Event.FOLLOW_UP_ABANDONED), now), copies, List.of(), webhooks, false);
    }

    private static ImageCopy lost(FollowUp followUp) {
        return new ImageCopy.NotCopied("%d attempts failed until the provider deleted the image after %d days"
                .formatted(followUp.attempts(), ImageCopy.KEPT_BY_PROVIDERS.toDays()));
    }

    private static Generation next(Generation left, Map<Integer, ImageCopy> copies, Set<Event> happened, Instant now) {
        var next = left;
        for (var copy : copies.entrySet()) {
            next = next.with(copy.getKey(), copy.getValue());
        }
        return next.noted(happened.stream().map(event -> event.at(now)).toList());
    }

    boolean anyFailed() {
        return !failed.isEmpty();
    }

    /** Reports what became of the images, once the row is stored. */
    void reportTo(GenerationListener listener, Instant now) {
        webhooks.reportTo(listener);
        copies.forEach((number, copy) -> {
            switch (copy) {
                case ImageCopy.Kept(var facts) -> listener.imageKept(next.id(), number, facts);
                case ImageCopy.NotAllowed(var reason) -> listener.imageNotCopied(next.id(), number, reason);
                case ImageCopy.NotCopied(var reason) -> listener.imageNotCopied(next.id(), number, reason);
                case ImageCopy.AtProvider() -> {}
            }
        });
        for (var followUp : failed) {
            var left = Duration.between(now, followUp.end());
            if (followUp.action() instanceof CopyImage(var number) && left.compareTo(OVERDUE) <= 0) {
                listener.imageCopyOverdue(next.id(), number, left);
            }
        }
    }
}
