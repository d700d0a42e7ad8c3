/**
 * What is measured over HTTP: packaged services and their peers as processes, and loads on them.
 */
package io.trekpoint.bench.service;
