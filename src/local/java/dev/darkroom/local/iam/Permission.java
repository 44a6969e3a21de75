package dev.darkroom.local.iam;

/**
 * A permission: a principal may perform an action on a resource.
 *
 * @param principal a function, a state machine or the scheduler
 * @param resource an ARN
 */
public record Permission(String principal, String action, String resource) {}
