/** A network in which flow costs something. Costs below zero are allowed as long as no circle costs less than nothing. */
export class FlowNetwork {
  /** Edges in pairs: each is followed by its way back. */
  private readonly to: number[] = [];
  private readonly free: number[] = [];
  private readonly cost: number[] = [];
  private readonly edgesOf: number[][] = [];

  /** The number of the new node. */
  node(): number {
    return this.edgesOf.push([]) - 1;
  }

  /** The number of the new edge. */
  edge(from: number, to: number, capacity: number, cost = 0): number {
    const edge = this.to.push(to) - 1;
    this.to.push(from);
    this.free.push(capacity, 0);
    this.cost.push(cost, -cost);
    this.edgesOf[from]!.push(edge);
    this.edgesOf[to]!.push(edge + 1);
    return edge;
  }

  /** What runs through an edge. */
  flowOf(edge: number): number {
    return this.free[edge + 1]!;
  }

  /**
   * Sends as much from source to sink as makes the whole cheapest, and answers what that costs. Flow goes along the
   * cheapest way that is left, again and again (successive shortest paths); each way costs no less than the one before,
   * so the first that saves nothing ends it.
   */
  send(source: number, sink: number): number {
    let total = 0;
    for (;;) {
      const { distance, by } = this.cheapest(source);
      if (!(distance[sink]! < 0)) return total;
      let amount = Infinity;
      for (let node = sink; node !== source; node = this.to[by[node]! ^ 1]!)
        amount = Math.min(amount, this.free[by[node]!]!);
      for (let node = sink; node !== source; node = this.to[by[node]! ^ 1]!) {
        this.free[by[node]!]! -= amount;
        this.free[by[node]! ^ 1]! += amount;
      }
      total += amount * distance[sink]!;
    }
  }

  /** Bellman and Ford, with a queue: some ways back cost less than nothing. */
  private cheapest(source: number): { distance: Float64Array; by: Int32Array } {
    const distance = new Float64Array(this.edgesOf.length).fill(Infinity);
    const by = new Int32Array(this.edgesOf.length).fill(-1);
    const waits = new Uint8Array(this.edgesOf.length);
    const queue = [source];
    distance[source] = 0;
    for (let next = 0; next < queue.length; next++) {
      const node = queue[next]!;
      waits[node] = 0;
      for (const edge of this.edgesOf[node]!) {
        const other = this.to[edge]!;
        const further = distance[node]! + this.cost[edge]!;
        if (this.free[edge]! <= 0 || further >= distance[other]!) continue;
        distance[other] = further;
        by[other] = edge;
        if (waits[other] === 1) continue;
        waits[other] = 1;
        queue.push(other);
      }
    }
    return { distance, by };
  }
}
