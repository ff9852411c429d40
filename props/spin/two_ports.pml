/* Two external ports with two network adapter connections each (the second with one, unless
 * `whole` is defined), and on them packets, OIDs and references, none counted beyond `most`. Typed
 * by hand, as the model's tables and the pages
 * hyper-v-extensible-switch-port-and-network-adapter-states and oid-switch-port-*,
 * oid-switch-nic-* have it: a check of the explorer and of the encoding, not a blind second
 * reading of the pages. spin_test.cpp compares how many states and steps there are. Each option is
 * one step: d_step.
 */

#ifndef most
#define most 1
#endif

/* A port's life. */
#define not_created      0
#define port_creating    1
#define port_created     2
#define teardown_pending 3
#define torn_down        4
#define port_deleting    5

/* A connection's life. */
#define absent        0
#define creating      1
#define created       2
#define connecting    3
#define connected     4
#define disconnecting 5
#define disconnected  6
#define deleting      7

byte port[2];
byte port_oids[2];
byte port_references[2];

/* Connection n is index n % 2 of port n / 2. */
byte nic[4];
byte packets[4];
byte oids[4];
byte references[4];

#define when(condition, effect) :: d_step { (condition) -> effect }

#define one_more_if(allowed, count) when((allowed) && count < most, count++)
#define one_less(count)             when(count > 0, count--)

#define port_goes(p, from, to) when(port[p] == from, port[p] = to)
#define nic_goes(n, from, to)  when(nic[n] == from, nic[n] = to)

/* OID_SWITCH_PORT_CREATE may fail; UPDATED and properties only while created; TEARDOWN waits until
 * no connection is left, DELETE until nothing refers to the port. */
#define life_of_port(p)                                                                          \
    port_goes(p, not_created, port_creating)                                                     \
    port_goes(p, port_creating, port_created)                                                    \
    port_goes(p, port_creating, not_created)                                                     \
    one_more_if(port[p] == port_created, port_oids[p]) /* updated */                             \
    one_more_if(port[p] == port_created, port_oids[p]) /* a property */                          \
    when(port[p] == port_created && nic[2 * p] == absent && nic[2 * p + 1] == absent,            \
         port[p] = teardown_pending)                                                             \
    port_goes(p, teardown_pending, torn_down)                                                    \
    when(port[p] == torn_down && port_oids[p] == 0 && port_references[p] == 0,                   \
         port[p] = port_deleting)                                                                \
    port_goes(p, port_deleting, not_created)

/* What extensions do: refer to the port and send OIDs to it, until they have passed on the
 * teardown; OIDs after that only under a reference. */
#define use_of_port(p)                                                                           \
    one_more_if(port[p] == port_created, port_references[p])                                     \
    one_more_if(port[p] == teardown_pending, port_references[p])                                 \
    one_more_if(port[p] == port_created, port_oids[p])                                           \
    one_more_if(port[p] == teardown_pending, port_oids[p])                                       \
    one_more_if(port[p] == teardown_pending && port_references[p] > 0, port_oids[p])             \
    one_more_if(port[p] == torn_down && port_references[p] > 0, port_oids[p])                    \
    one_more_if(port[p] == port_deleting && port_references[p] > 0, port_oids[p])                \
    one_less(port_references[p])                                                                 \
    one_less(port_oids[p])

#define quiet(n) (packets[n] == 0 && oids[n] == 0 && references[n] == 0)

/* What both kinds of connection have in common. */
#define life_of_nic(n)                                                                           \
    nic_goes(n, creating, created)                                                               \
    nic_goes(n, creating, absent)                                                                \
    nic_goes(n, connecting, connected)                                                           \
    nic_goes(n, disconnecting, disconnected)                                                     \
    when(nic[n] == disconnected && quiet(n), nic[n] = deleting)                                  \
    nic_goes(n, deleting, absent)                                                                \
    one_more_if(nic[n] == created, packets[n])                                                   \
    one_more_if(nic[n] == connecting, packets[n])                                                \
    one_more_if(nic[n] == connected, packets[n])                                                 \
    one_more_if(nic[n] == connected, oids[n]) /* updated */                                      \
    one_more_if(nic[n] == connected, oids[n]) /* saved */                                        \
    one_more_if(nic[n] == connected, oids[n]) /* restored */                                     \
    one_more_if(nic[n] == created, oids[n])   /* restored */

/* What extensions do from when they see the connect until they have passed on the disconnect; and
 * OIDs after that under a reference. */
#define use_while(n, state)                                                                      \
    one_more_if(nic[n] == state, packets[n])                                                     \
    one_more_if(nic[n] == state, references[n])                                                  \
    one_more_if(nic[n] == state, oids[n])

#define use_of_nic(n)                                                                            \
    use_while(n, connecting)                                                                     \
    use_while(n, connected)                                                                      \
    use_while(n, disconnecting)                                                                  \
    one_more_if(nic[n] == disconnecting && references[n] > 0, oids[n])                           \
    one_more_if(nic[n] == disconnected && references[n] > 0, oids[n])                            \
    one_more_if(nic[n] == deleting && references[n] > 0, oids[n])                                \
    one_less(packets[n])                                                                         \
    one_less(oids[n])                                                                            \
    one_less(references[n])

/* Index 0 stays until the adapters that are bound below it are gone. */
#define first_of(p, n)                                                                           \
    when(nic[n] == absent && port[p] == port_created, nic[n] = creating)                         \
    nic_goes(n, created, connecting)                                                             \
    when(nic[n] == connected && nic[n + 1] == absent, nic[n] = disconnecting)                    \
    when(nic[n] == created && quiet(n) && nic[n + 1] == absent, nic[n] = deleting)               \
    life_of_nic(n)                                                                               \
    use_of_nic(n)

/* The bound adapter comes when index 0 is created, and is connected when that is. */
#define bound_of(p, n)                                                                           \
    when(nic[n] == absent && port[p] == port_created &&                                          \
             (nic[n - 1] == created || nic[n - 1] == connecting || nic[n - 1] == connected),     \
         nic[n] = creating)                                                                      \
    when(nic[n] == created && nic[n - 1] == connected, nic[n] = connecting)                      \
    nic_goes(n, connected, disconnecting)                                                        \
    when(nic[n] == created && quiet(n), nic[n] = deleting)                                       \
    life_of_nic(n)                                                                               \
    use_of_nic(n)

active proctype world() {
    do
    life_of_port(0) use_of_port(0) first_of(0, 0) bound_of(0, 1)
#ifndef one_port
    life_of_port(1) use_of_port(1) first_of(1, 2)
#ifdef whole
    bound_of(1, 3)
#endif
#endif
    od
}
