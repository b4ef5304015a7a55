/** Network files that between them use every key of the format. All are good. */
export const GOOD_NETWORKS: Readonly<Record<string, unknown>> = {
  smallest: { populations: { a: { size: 1, cell: { type: 'loihi', vth: 1 } } } },
  generated: {
    $schema: '../schema/network.json',
    schema: 'seamount/network/1',
    label: 'generated',
    description: 'one of each connector',
    dt: 0.5,
    seed: 7,
    profile: 'unlimited',
    populations: {
      poisson: { size: 10, cell: { type: 'poisson', rate: 20, start: 2, stop: 90 } },
      coins: { size: 2, cell: { type: 'poisson', probability: [0.25, 1] } },
      clock: { size: 4, cell: { type: 'regular', period: [3, 0, 5, 7], phase: 2, stop: 50 } },
      given: { size: 2, cell: { type: 'spikeArray', steps: [[1, 5, 9], []] } },
      timed: { size: 1, cell: { type: 'spikeArray', times: [[0.5, 12]] } },
      listed: { size: 3, cell: { type: 'spikeArray', events: { neurons: [0, 2], steps: [4, 1] } } },
      exc: {
        size: 10,
        cell: {
          type: 'loihi',
          du: 409,
          dv: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
          vth: 100,
          biasMant: -3,
          biasExp: 2,
          refract: 4,
          vmin: -8388607,
          vmax: 8388607,
          v0: 5,
          u0: -5,
          noise: { target: 'voltage', exp: 3, mantOffset: 1, enable: 1 },
          reset: { mode: 'value', value: 7 },
          ternary: { vthLoMant: -100 },
          periodicReset: { interval: 10, offset: 3 },
        },
        placement: [
          { core: 0, neurons: [0, 5] },
          { core: { chip: { x: 0, y: 0 }, tile: { x: 1, y: 0 }, slot: 2 }, neurons: [5, 10] },
        ],
      },
      image: {
        size: 9,
        cell: {
          type: 'loihi',
          vthMant: 50,
          bias: 64,
          adaptive: { vthStep: 8, dth: [1, 2, 3, 4, 5, 6, 7, 8, 9] },
        },
      },
      map: {
        size: 8,
        cell: { type: 'lif', tau_m: 20, tau_syn: 5, v_rest: -65, v_reset: -70, v_th: -50, R: 15, I: 1.5 },
      },
      more: {
        size: 2,
        cell: {
          type: 'lif',
          cm: 1,
          tau_refrac: 2,
          v0: [-65, -60],
          v_th_step: 2,
          tau_th: 100,
          unitsPerMv: 64,
        },
      },
    },
    projections: [
      { pre: 'poisson', post: 'exc', connector: 'oneToOne', synapse: { weight: 12, delay: 3 } },
      {
        pre: 'coins',
        post: 'exc[0:2]',
        connector: { type: 'oneToOne' },
        synapse: { weight: { uniform: [1, 9] } },
      },
      { pre: 'clock', post: 'exc', connector: { type: 'allToAll', allowSelf: false }, label: 'clock' },
      {
        pre: 'exc',
        post: 'exc',
        connector: { type: 'fixedProbability', probability: 0.5, allowSelf: false },
      },
      { pre: 'exc', post: 'exc', connector: { type: 'fixedNumberPre', n: 2, multapses: true } },
      { pre: 'exc', post: 'image', connector: { type: 'fixedNumberPost', n: 2, allowSelf: true } },
      {
        pre: 'given',
        post: 'exc',
        connector: {
          type: 'fromList',
          synapses: [
            [0, 1, 12, 0],
            [1, 3, -12, 2],
          ],
        },
        synapse: { weightExp: [0, 1], weightBits: 8, signMode: 'mixed', format: 'sparse' },
      },
      { pre: 'timed', post: 'more', connector: { type: 'array', mask: [[1, 0]] } },
      {
        pre: 'timed',
        post: 'more',
        connector: { type: 'matrix', weights: [[0.5, 0]] },
        synapse: { unit: 'nA' },
      },
      {
        pre: 'image',
        post: 'map',
        connector: {
          type: 'conv2d',
          inputShape: [1, 3, 3],
          kernel: [
            [
              [
                [1, 2],
                [3, 4],
              ],
            ],
            [
              [
                [1, 0],
                [0, 1],
              ],
            ],
          ],
          stride: [1, 1],
          padding: 0,
        },
        synapse: { weight: { normal: { mean: 1, sd: 0.5 } }, unit: 'mV', delay: { uniform: [0, 3] } },
      },
    ],
    probes: [
      { population: 'exc', record: ['spikes', 'v'], neurons: [0, 3], from: 1, to: 100, every: 2 },
      { population: 'map[0:4]' },
    ],
    run: { steps: 100 },
  },
  list: {
    populations: [
      { label: 'a', size: 2, cell: { type: 'loihi', vth: 1 } },
      { label: 'b', size: 2, cell: { type: 'loihi', vth: 1 } },
    ],
    projections: [
      { pre: 'a', post: 'b', connector: 'allToAll', synapse: { weight: [1, 2, 3, 4], delay: [0, 1, 2, 3] } },
    ],
  },
  explicit: {
    neurons: [
      { name: 'in', spikes: [1, 4, 7] },
      { name: 'a', du: 4095, dv: 0, vth: 10, bias: 128, refract: 2, vmin: 0, vmax: 8388607, v0: 1, u0: 2 },
      { vthMant: 4, biasMant: 3, biasExp: 1 },
    ],
    synapses: [['in', 'a', 64, 2], [1, 2, -3], { pre: 'a', post: 2, weight: 4, delay: 1, weightExp: 2 }],
  },
};
