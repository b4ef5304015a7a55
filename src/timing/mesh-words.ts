/**
 * Where the state of a mesh is in its memory. Plain constants, read by the scalar code and by the AssemblyScript
 * kernels alike (both import this file). Records are of i32 words and f64 times, both counted from the beginning of
 * the record: word w is at byte 4 * w, time t at byte 8 * t. Times are in ps.
 */

export const NONE = -1;

/**
 * A lane has the number of a link, or `links` + that of a core, and is two things: an output of a router (the link;
 * the ejection of the core) and a buffer at an input of one (behind the link; the injection of the core).
 * log2 of its words and of its times.
 */
export const LANE_WORDS = 5;
export const LANE_TIMES = 4;
/** Its buffer: messages in it and on the way to it; those in it; first and last message; */
export const OCCUPIED = 0;
export const HERE = 1;
export const FIRST = 2;
export const LAST = 3;
/** lane by which the last one left; neighbours among the buffers whose first message waits for the same output; */
export const LEFT_BY = 4;
export const AFTER = 5;
export const BEFORE = 6;
/** 4 * the tile it is at; most messages there ever were in it and on the way. */
export const ROUTER = 7;
export const FULLEST = 8;
/** Its output: buffers whose first message waits for it, oldest first. */
export const FIRST_WAITING = 9;
export const LAST_WAITING = 10;
/** Of an ejection: messages in the receive queue of the core. */
export const QUEUED = 11;
/** Its buffer: when the first became so; sum of the times since which others wait behind it. */
export const HEAD_SINCE = 8;
export const BEHIND_SINCE = 9;
/** Its output: when the link gets free; how long a message keeps it busy, and needs to the buffer behind. */
export const FREE_AT = 10;
export const OCCUPATION = 11;
export const LATENCY = 12;
/** Over all steps: time messages waited for it, and the longest that a first one did; messages, a number, not a time. */
export const WAITED = 13;
export const LONGEST = 14;
export const CARRIED = 15;

/** A core, which sends and receives. log2 of its words and of its times. */
export const CORE_WORDS = 5;
export const CORE_TIMES = 4;
/** Its tile. */
export const CORE_X = 0;
export const CORE_Y = 1;
/** Sender: the message it makes or holds; whether it is ready; by which output it was held up the longest. */
export const MAKING = 2;
export const READY = 3;
export const HELD_BY = 4;
/** Receiver: its queue; longest ever; what began the work it has not paused since: a message, HOST or NOBODY. */
export const QUEUE_FIRST = 5;
export const QUEUE_LAST = 6;
export const LONGEST_QUEUE = 7;
export const BUSY_FROM = 8;
/** Sender: since when it is ready; in this step: for how long it was held up, and the longest single time. */
export const READY_SINCE = 8;
export const HELD_UP = 9;
export const LONGEST_HELD = 10;
/** Receiver: until when it is busy; since when without a pause. */
export const BUSY_UNTIL = 11;
export const BUSY_SINCE = 12;
/** Over all steps: held up; at work on messages; sum of what messages waited in the receive queue. */
export const BLOCKED = 13;
export const PROCESSED = 14;
export const QUEUE_WAITED = 15;

/** A receiver has been busy since the step began, with messages of the host. */
export const HOST = -1;
export const NOBODY = -2;

/** A message. log2 of its words and of its times. */
export const MESSAGE_WORDS = 4;
export const MESSAGE_TIMES = 3;
/** Next one in the same buffer; hops left to go, east and north positive; lane of the longest wait, NONE before one. */
export const NEXT = 0;
export const GO_EAST = 1;
export const GO_NORTH = 2;
export const LONGEST_AT = 3;
/** When it entered the buffer it is in; while it is on a link, when it will. */
export const SINCE = 2;
/** For how long its core had been held up when it was sent; that, and its waits in buffers of the mesh; the longest of these. */
export const HELD = 3;
export const WAITED_SO_FAR = 4;
export const LONGEST_WAIT = 5;

/** The head of the memory, at address 0. What it says first: how many there are; a buffer holds at most 2^31 - 1. */
export const HEAD_BYTES = 512;
export const CORES = 0;
export const LINKS = 1;
export const CAPACITY = 2;
/** Addresses of the records. */
export const LANES_AT = 3;
export const CORES_AT = 4;
export const MESSAGES_AT = 5;
/** Addresses of the arrays of a step (step-messages.ts); */
export const FIRST_AT = 6;
export const TO_AT = 7;
export const GENERATION_AT = 8;
export const PROCESSING_AT = 9;
export const REST_AT = 10;
export const HOST_PROCESSING_AT = 11;
/** of times by message; of the heap of timers; of the list of links whose FREE_AT is not 0. */
export const SENT_AT = 12;
export const ARRIVED_AT = 13;
export const RECEIVED_AT = 14;
export const TIMERS_AT = 15;
export const TOUCHED_AT = 16;
/** Delay lines of arrivals, and whether there is one of releases behind them; the line of each direction, or NONE. */
export const LINES = 17;
export const HAS_RELEASES = 18;
export const LINE_OF = 19;
/** Addresses of the set of ports and of its summary; words of the latter, and that before which all are 0. */
export const PORTS_AT = 23;
export const SUMMARY_AT = 24;
export const SUMMARY_WORDS = 25;
export const SUMMARY_FROM = 26;
/** What it says of the step: timers that run; links in the list; messages received; cores that ended last, and when. */
export const TIMERS = 27;
export const TOUCHED = 28;
export const RECEIVED = 29;
export const LAST_SENDER = 30;
export const LAST_RECEIVER = 31;
export const LAST_SENDER_AT = 16;
export const LAST_RECEIVER_AT = 17;
/** The instant. */
export const NOW = 18;

/** Delay lines, from LINES_BASE in the head. Each has a ring of entries: a time, a link and 4 bytes unused. */
export const LINES_BASE = 256;
export const LINE_BYTES = 32;
export const ENTRY_BYTES = 16;
/** Address of the ring, and its bytes - 1; offsets of the first and behind the last in it. */
export const RING_AT = 0;
export const RING_MASK = 1;
export const RING_HEAD = 2;
export const RING_TAIL = 3;
/** From when a message begins until it is due; when the first is. */
export const LINE_DELAY = 2;
export const LINE_DUE = 3;
