// Stand-in for the vendor's ap_axi_sdata.h: the word of an AXI4-Stream with its side channels, as far as the files of ../firmware use it.
#ifndef HGQ_SIM_AP_AXI_SDATA_H
#define HGQ_SIM_AP_AXI_SDATA_H

#include <ap_int.h>

/// D bits of data; U, TI and TD bits of user, id and dest, one where there are none.
template <int D, int U, int TI, int TD> struct ap_axiu {
  ap_uint<D> data;
  ap_uint<(D + 7) / 8> keep, strb;
  ap_uint<(U > 0 ? U : 1)> user;
  ap_uint<1> last;
  ap_uint<(TI > 0 ? TI : 1)> id;
  ap_uint<(TD > 0 ? TD : 1)> dest;
};

#endif
