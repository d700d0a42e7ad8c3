/** {@code ./trek bench gateway}: limited requests beside another gateway, and what limits cost. */
package io.trekpoint.bench.gateway;
