/**
 * Faults under load: each test injects one, watches from outside, and hands the whole history of
 * requests, answers and jobs to {@link io.trekpoint.system.fault.Checker}.
 */
@org.jspecify.annotations.NullMarked
package io.trekpoint.system.fault;
