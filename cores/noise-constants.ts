/** Constants of the noise generator (noise.ts), as signed 32-bit values so that AssemblyScript reads them as i32. */
export const MIX_A = 0x7feb352d;
export const MIX_B = -2073254261; // 0x846ca68b
export const CORE_STEP = -1640531535; // 0x9e3779b1
export const TIME_STEP = -1028477379; // 0xc2b2ae3d
export const LANE_STEP = -2048144777; // 0x85ebca77
