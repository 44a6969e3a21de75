package dev.darkroom.local;

/**
 * Who may do what with what.
 *
 * @param principal a function, a state machine or the scheduler
 * @param resource an ARN
 */
public record Permission(String principal, String action, String resource) {}
