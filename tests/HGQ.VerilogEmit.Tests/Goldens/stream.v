// Unit conv: 100 positions a sample, padding included; a window of 23, 64 results.
// 9 LUTs; registers: 0 between stages, 21 of the window, 10 of control; 28 bits of memory.
`default_nettype none
module sobel_conv_unit (
  input  wire clk,
  input  wire resetn,
  input  wire [1:0] s0_data,
  input  wire s0_valid,
  output wire s0_ready,
  output wire [3:0] m_data,
  output wire m_valid,
  output wire m_last,
  input  wire m_ready
);
  // What is at the end stays until it is taken; then everything moves on.
  wire go = !m_valid || m_ready;

  // The position that is next: whether it comes from the stream, and whether a window is complete with it.
  reg [3:0] column = 4'd0;
  reg [3:0] row = 4'd0;
  localparam [9:0] ROW_COMES = 10'b0111111110;
  localparam [9:0] COLUMN_COMES = 10'b0111111110;
  wire comes = ROW_COMES[row] && COLUMN_COMES[column];
  localparam [9:0] ROW_ENDS = 10'b1111111100;
  localparam [9:0] COLUMN_ENDS = 10'b1111111100;
  wire ends = ROW_ENDS[row] && COLUMN_ENDS[column];
  wire step = go && (!comes || s0_valid);
  always @(posedge clk)
    if (!resetn) begin
      column <= 4'd0;
      row <= 4'd0;
    end else if (step) begin
      column <= column == 4'd9 ? 4'd0 : column + 4'd1;
      if (column == 4'd9) row <= row == 4'd9 ? 4'd0 : row + 4'd1;
    end
  assign s0_ready = go && comes;

  // What the window spans: registers from place to place, memories over longer ways; the oldest place is lowest.
  reg [2:0] at8 = 3'd0;
  wire [1:0] line0_in = s0_data[1:0] & {2{comes}};
  reg [5:0] line0_20;
  reg [1:0] memory0_12 [0:6];
  reg [5:0] line0_10;
  reg [1:0] memory0_2 [0:6];
  reg [5:0] line0_0;
  always @(posedge clk) if (step) begin
    at8 <= at8 == 3'd6 ? 3'd0 : at8 + 3'd1;
    line0_20 <= {line0_in, line0_20[5:2]};
    memory0_12[at8] <= line0_20[1:0];
    line0_10 <= {memory0_12[at8], line0_10[5:2]};
    memory0_2[at8] <= line0_10[1:0];
    line0_0 <= {memory0_2[at8], line0_0[5:2]};
  end

  wire [3:0] conv_y;
  sobel_conv u_conv (
    .x({line0_20[5:4], line0_20[1:0], line0_10[5:4], line0_10[1:0], line0_0[5:4], line0_0[1:0]}),
    .y(conv_y)
  );
  assign m_data = conv_y[3:0];

  // A result for each complete window, so many clocks later as the circuit has registers.
  reg [0:0] valid = 1'd0;
  always @(posedge clk)
    if (!resetn) valid <= 1'd0;
    else if (go) valid <= step && ends;
  assign m_valid = valid[0];
  reg [0:0] last = 1'd0;
  always @(posedge clk) if (go) last <= row == 4'd9 && column == 4'd9;
  assign m_last = last[0];
endmodule
`default_nettype wire
