package dev.darkroom.local;

import java.util.Map;

/**
 * A state machine as {@code infra/resources} declares it.
 *
 * @param name its definition's file name without its endings
 * @param fullName as AWS has it
 * @param role logical id of the role that it runs under
 * @param definition path of the file
 * @param substitutions values for the definition's placeholders
 */
record StateMachineSpec(
        String name, String fullName, String role, String definition, Map<String, String> substitutions) {}
