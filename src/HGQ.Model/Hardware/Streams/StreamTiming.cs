using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Model.Hardware.Streams;

/// <summary>Clocks of a design whose input never waits and whose results are taken at once, counted by moving positions clock by
/// clock.</summary>
/// <param name="Latency">Clocks from the first position of the first sample to its last result.</param>
/// <param name="Interval">Clocks from the last result of a sample to that of the next, once units are filled.</param>
public sealed record StreamTiming(int Latency, int Interval)
{
    private const int Samples = 5;

    /// <summary>Counts.</summary>
    /// <exception cref="InvalidOperationException">Units wait for each other: a defect of what made the design.</exception>
    public static StreamTiming Of(StreamDesign design) => new Clocks(design).Count();

    private sealed class Clocks
    {
        private readonly StreamDesign _design;
        private readonly UnitState[] _units;
        private readonly int[] _producer;
        private readonly (int Unit, int Input)[][] _readers;

        public Clocks(StreamDesign design)
        {
            _design = design;
            _units = design.Units.Select(unit => new UnitState(unit)).ToArray();
            _producer = Enumerable.Repeat(-1, design.Streams.Length).ToArray();
            var readers = design.Streams.Select(_ => new List<(int, int)>()).ToArray();
            for (var u = 0; u < _units.Length; u++)
            {
                var unit = design.Units[u];
                if (unit.Output >= 0)
                {
                    _producer[unit.Output] = u;
                }

                for (var i = 0; i < unit.Inputs.Length; i++)
                {
                    readers[unit.Inputs[i].Stream].Add((u, i));
                }
            }

            _readers = readers.Select(list => list.ToArray()).ToArray();
        }

        public StreamTiming Count()
        {
            var ends = new List<int>();
            int results = _design.Units[_units.Length - 1].Line.Results, given = 0, first = 0;
            long most = 1000L + ((long)Samples * _units.Length * 4 * (_design.Interval + 100));
            for (var clock = 1; ends.Count < Samples; clock++)
            {
                if (clock > most)
                {
                    throw new InvalidOperationException($"the units of '{_design.Name}' wait for each other");
                }

                bool gives = _units[_units.Length - 1].Gives;
                first = Clock() && first == 0 ? clock : first;
                if (gives && ++given % results == 0)
                {
                    ends.Add(clock);
                }
            }

            return new StreamTiming(ends[0] - first, ends[Samples - 1] - ends[Samples - 2]);
        }

        // Everything is decided by what was before the clock edge. Gives whether a position of the input was taken.
        private bool Clock()
        {
            var go = new bool[_units.Length];
            var takes = _units.Select(unit => new bool[unit.Waiting.Length]).ToArray();
            for (int u = _units.Length - 1; u >= 0; u--)
            {
                int output = _design.Units[u].Output;
                go[u] = !_units[u].Gives || output < 0 || Readers(output, -1, -1).All(ready => ready);
            }

            for (var stream = 0; stream < _design.Streams.Length; stream++)
            {
                bool passes = IsThere(stream) && Readers(stream, -1, -1).All(ready => ready);
                foreach (var (u, i) in _readers[stream])
                {
                    takes[u][i] = passes;
                }
            }

            var steps = Enumerable.Range(0, _units.Length).Select(u =>
                go[u] && (!_units[u].Comes || Enumerable.Range(0, _units[u].Waiting.Length).All(i => Has(u, i)))).ToArray();
            bool came = Readers(0, -1, -1).All(ready => ready);
            for (var u = 0; u < _units.Length; u++)
            {
                _units[u].Clock(go[u], steps[u], takes[u]);
            }

            return came;

            bool Ready(int u, int i) => _units[u].Unit.Inputs[i].Waiting > 0 ? !_units[u].IsFull(i)
                : go[u] && _units[u].Comes && Enumerable.Range(0, _units[u].Waiting.Length).All(other => other == i || Has(u, other));

            // A position that waits there, or that passes to all that read it.
            bool Has(int u, int i)
            {
                var input = _units[u].Unit.Inputs[i];
                return input.Waiting > 0 ? _units[u].Waiting[i] > 0 : IsThere(input.Stream) && Readers(input.Stream, u, i)
                    .All(ready => ready);
            }

            IEnumerable<bool> Readers(int stream, int u, int i) =>
                _readers[stream].Where(reader => reader != (u, i)).Select(reader => Ready(reader.Unit, reader.Input));
        }

        private bool IsThere(int stream) => _producer[stream] < 0 || _units[_producer[stream]].Gives;
    }

    private sealed class UnitState
    {
        private readonly bool[] _valid;
        private int _position;

        public UnitState(StreamUnit unit)
        {
            Unit = unit;
            Waiting = new int[unit.Inputs.Length];
            _valid = new bool[unit.Pipelined.Latency + 1];
        }

        public StreamUnit Unit { get; }

        public int[] Waiting { get; }

        public bool Gives => _valid[_valid.Length - 1];

        public bool Comes => Unit.Line.Comes[_position];

        public bool IsFull(int input) => Waiting[input] >= StreamHardware.Places(Unit.Inputs[input].Waiting);

        public void Clock(bool go, bool step, bool[] takes)
        {
            for (var i = 0; i < Waiting.Length; i++)
            {
                Waiting[i] += Unit.Inputs[i].Waiting > 0 ? (takes[i] ? 1 : 0) - (step && Comes ? 1 : 0) : 0;
            }

            if (go)
            {
                Array.Copy(_valid, 0, _valid, 1, _valid.Length - 1);
                _valid[0] = step && Unit.Line.Ends[_position];
            }

            _position = step ? (_position + 1) % Unit.Line.Comes.Length : _position;
        }
    }
}
