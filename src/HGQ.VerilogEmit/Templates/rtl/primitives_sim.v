// Light models of the primitives that this project uses, for simulation only: synthesis tools have their own.
`default_nettype none
module LUT1 #(parameter [1:0] INIT = 2'h0) (input wire I0, output wire O);
  assign O = INIT[I0];
endmodule

module LUT2 #(parameter [3:0] INIT = 4'h0) (input wire I0, input wire I1, output wire O);
  assign O = INIT[{I1, I0}];
endmodule

module LUT3 #(parameter [7:0] INIT = 8'h0) (input wire I0, input wire I1, input wire I2, output wire O);
  assign O = INIT[{I2, I1, I0}];
endmodule

module LUT4 #(parameter [15:0] INIT = 16'h0) (input wire I0, input wire I1, input wire I2, input wire I3, output wire O);
  assign O = INIT[{I3, I2, I1, I0}];
endmodule

module LUT5 #(parameter [31:0] INIT = 32'h0) (
  input wire I0, input wire I1, input wire I2, input wire I3, input wire I4, output wire O
);
  assign O = INIT[{I4, I3, I2, I1, I0}];
endmodule

module LUT6 #(parameter [63:0] INIT = 64'h0) (
  input wire I0, input wire I1, input wire I2, input wire I3, input wire I4, input wire I5, output wire O
);
  assign O = INIT[{I5, I4, I3, I2, I1, I0}];
endmodule

// Two tables: O6 of all inputs, O5 of the first five.
module LUT6_2 #(parameter [63:0] INIT = 64'h0) (
  input wire I0, input wire I1, input wire I2, input wire I3, input wire I4, input wire I5, output wire O6, output wire O5
);
  assign O6 = INIT[{I5, I4, I3, I2, I1, I0}];
  assign O5 = INIT[{1'b0, I4, I3, I2, I1, I0}];
endmodule

// O[i] = S[i] ^ c[i], c[i + 1] = S[i] ? c[i] : DI[i]. Where S is 0, both operands of the sum are DI: it carries DI on.
// The carries are what the sum differs by from S.
module CARRY8 #(parameter CARRY_TYPE = "SINGLE_CY8") (
  input wire CI, input wire CI_TOP, input wire [7:0] DI, input wire [7:0] S, output wire [7:0] O, output wire [7:0] CO
);
  wire [8:0] sum = {1'b0, DI & ~S} + {1'b0, DI | S} + {8'd0, CI};
  assign O = sum[7:0];
  assign CO = {sum[8], sum[7:1] ^ S[7:1]};
endmodule

module CARRY4 (
  input wire CI, input wire CYINIT, input wire [3:0] DI, input wire [3:0] S, output wire [3:0] O, output wire [3:0] CO
);
  wire [4:0] sum = {1'b0, DI & ~S} + {1'b0, DI | S} + {4'd0, CI | CYINIT};
  assign O = sum[3:0];
  assign CO = {sum[4], sum[3:1] ^ S[3:1]};
endmodule
`default_nettype wire
